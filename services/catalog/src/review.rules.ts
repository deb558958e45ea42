/** How a reviewer is named to everybody: "Leyla Kaya" is "Leyla K."; one without a name is "Customer". */
export function authorOf(name: string): string {
  const [first, ...others] = name.trim().split(/\s+/)
  if (!first) return 'Customer'
  const initial = Array.from(others.at(-1) ?? '')[0]
  return initial ? `${first} ${initial.toUpperCase()}.` : first
}
