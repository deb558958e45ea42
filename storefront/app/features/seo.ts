import type { MetaDescriptor } from '@remix-run/react'

interface PageMeta {
  title: string
  description?: string
  /** The one address of this content, without filters. */
  canonical?: string
  picture?: string
  isHidden?: boolean
}

/** Title, description, canonical address and the card that others show of the page. */
export function pageMeta({ title, description, canonical, picture, isHidden = false }: PageMeta): MetaDescriptor[] {
  const full = `${title}, Vitrine`
  const meta: MetaDescriptor[] = [{ title: full }, { property: 'og:title', content: full }]
  if (description) {
    meta.push({ name: 'description', content: description }, { property: 'og:description', content: description })
  }
  if (canonical) meta.push({ tagName: 'link', rel: 'canonical', href: canonical })
  if (picture) meta.push({ property: 'og:image', content: picture })
  if (isHidden) meta.push({ name: 'robots', content: 'noindex' })
  return meta
}
