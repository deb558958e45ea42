export function Logo({ to = '/' }: { to?: string }) {
  return (
    <a className="logo" href={to}>
      <svg viewBox="0 0 28 28" aria-hidden="true">
        <path className="glass" d="M4 6a3 3 0 0 1 3-3h14a3 3 0 0 1 3 3v15H4z" />
        <path className="glint" d="m9.5 16 6-9h4l-6 9z" />
        <path className="glass" d="M2 22.5h24V25H2z" />
      </svg>
      Vitrine
    </a>
  )
}
