import type { Picture as PictureData } from '@vitrine/contracts/catalog'
import type { ReactNode } from 'react'
import { Icon } from '#app/ui/icon.tsx'

interface PictureProps {
  picture: PictureData | undefined
  /** How wide it is shown, as in the `sizes` attribute. */
  sizes: string
  /** The first picture of a page loads at once; all others when they come near. */
  isFirst?: boolean
  /** Give an empty text when the same thing is named beside the picture. */
  alt?: string
}

/** What stands in a frame that has no picture. */
function EmptyPane() {
  return (
    <span className="pane__empty">
      <Icon name="picture" />
    </span>
  )
}

/** A lit picture with all its widths. Its frame keeps the ratio, so nothing jumps. */
export function Picture({ picture, sizes, isFirst = false, alt }: PictureProps) {
  const largest = picture?.sources.reduce((best, source) => (source.width > best.width ? source : best), {
    url: '',
    width: 0,
    type: '',
  })
  if (!picture || !largest?.url) return <EmptyPane />
  return (
    <img
      className="lit"
      src={largest.url}
      srcSet={picture.sources.map((source) => `${source.url} ${source.width}w`).join(', ')}
      sizes={sizes}
      width={picture.width}
      height={picture.height}
      alt={alt ?? picture.alt}
      loading={isFirst ? 'eager' : 'lazy'}
      decoding={isFirst ? 'auto' : 'async'}
      {...(isFirst ? { fetchpriority: 'high' } : {})}
    />
  )
}

interface ThumbnailProps {
  url: string | null
  alt?: string
  children?: ReactNode
}

/** A small picture of which only the address is known (cart and order lines). */
export function Thumbnail({ url, alt = '', children }: ThumbnailProps) {
  return (
    <div className="pane">
      {url ? (
        <img className="lit" src={url} width={720} height={900} alt={alt} loading="lazy" decoding="async" />
      ) : (
        <EmptyPane />
      )}
      {children}
    </div>
  )
}
