import { fetchPart } from '#app/enhance/page-part.ts'

async function fill(section: HTMLElement) {
  const url = section.dataset.fragment
  if (!url) return
  const part = await fetchPart(url, '[data-fragment-body]').catch(() => null)
  if (part) section.append(...part.childNodes)
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
