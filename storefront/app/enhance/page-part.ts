/** Fetches a page of ours and returns the element that is wanted of it. */
export async function fetchPart(url: string, selector: string, init?: RequestInit): Promise<HTMLElement | null> {
  const reply = await fetch(url, { ...init, headers: { Accept: 'text/html' } })
  if (!reply.ok) return null
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
  return page.querySelector<HTMLElement>(selector)
}
