export default function Home() {
  return (
    <main id="main" className="wrap page-top">
      <h1>Good things, in plain view.</h1>
    </main>
  )
}
