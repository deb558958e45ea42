import { fetchPart } from '#app/enhance/page-part.ts'

async function fill(section: HTMLElement) {
  const url = section.dataset.fragment
  if (!url) return
  const part = await fetchPart(url, '[data-fragment-body]').catch(() => null)
  if (!part) return
  // A shelf with nothing on it, such as what was looked at lately when that was only this page.
  section.hidden = part.querySelector('article') === null
  section.append(...part.childNodes)
}

/** Fills sections that name a part of their own once they come near. */
export function enhanceFragments() {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue
        near.unobserve(target)
        void fill(target)
      }
    },
    { rootMargin: '600px' },
  )
  for (const section of document.querySelectorAll('[data-fragment]')) near.observe(section)
}
