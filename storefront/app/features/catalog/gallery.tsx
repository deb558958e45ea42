import type { Picture as PictureData } from '@vitrine/contracts/catalog'
import { Picture } from '#app/ui/picture.tsx'

const MAIN_SIZES = '(width >= 56rem) 46rem, 100vw'

/** The frame of a product that has no picture yet. */
function EmptyGallery() {
  return (
    <div className="gallery">
      <div className="pane">
        <Picture picture={undefined} sizes={MAIN_SIZES} />
      </div>
    </div>
  )
}

/** All pictures of a product, those of the chosen variant first. Scrolls, and jumps by thumbnail, without a script. */
export function Gallery({ pictures }: { pictures: PictureData[] }) {
  if (pictures.length === 0) return <EmptyGallery />
  return (
    <section className="gallery" aria-label="Pictures">
      <div className="gallery__main" tabIndex={0} role="group" aria-label="Pictures, scroll sideways">
        {pictures.map((picture, index) => (
          <figure key={picture.id} id={`picture-${index + 1}`}>
            <div className="pane">
              <Picture picture={picture} sizes={MAIN_SIZES} isFirst={index === 0} />
            </div>
          </figure>
        ))}
      </div>
      {pictures.length > 1 && (
        <ul className="gallery__thumbs">
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <a
                href={`#picture-${index + 1}`}
                aria-label={`Picture ${index + 1} of ${pictures.length}: ${picture.alt}`}
                aria-current={index === 0 || undefined}
              >
                <span className="pane">
                  <Picture picture={picture} sizes="6rem" alt="" />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
