interface ShelfProps {
  id: string
  title: string
  /** A page of its own, which the enhancement module fetches a part of once the section comes near. */
  from: string
  more?: { to: string; title: string }
}

/** A shelf that is filled late; without a script it is a link to the page it stands on. */
export function LateShelf({ id, title, from, more }: ShelfProps) {
  return (
    <section className="section" aria-labelledby={id} data-fragment={from}>
      <div className="section__head">
        <h2 id={id}>{title}</h2>
        {more && <a href={more.to}>{more.title}</a>}
      </div>
      <noscript>
        <p>
          <a href={from}>Show them</a>
        </p>
      </noscript>
    </section>
  )
}
