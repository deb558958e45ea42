/** Thumbnails scroll the large pictures without touching the address, and the one in view is marked. */
export function enhanceGallery() {
  const main = document.querySelector<HTMLElement>('.gallery__main')
  const thumbs = [...document.querySelectorAll<HTMLAnchorElement>('.gallery__thumbs a')]
  if (!main || thumbs.length === 0) return

  const mark = (id: string) => {
    for (const thumb of thumbs) {
      if (thumb.hash === `#${id}`) thumb.setAttribute('aria-current', 'true')
      else thumb.removeAttribute('aria-current')
    }
  }
  for (const thumb of thumbs) {
    thumb.addEventListener('click', (event) => {
      const figure = document.getElementById(thumb.hash.slice(1))
      if (!figure) return
      event.preventDefault()
      main.scrollTo({ left: figure.offsetLeft - main.offsetLeft, behavior: 'smooth' })
      mark(figure.id)
    })
  }
  const inView = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) mark(entry.target.id)
    },
    { root: main, threshold: 0.6 },
  )
  for (const figure of main.querySelectorAll('figure')) inView.observe(figure)
}
