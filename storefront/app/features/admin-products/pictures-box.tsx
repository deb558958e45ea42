import { Form } from '@remix-run/react'
import type { Picture as PictureData, Product } from '@vitrine/contracts/catalog'
import { PictureFields } from '#app/features/admin-products/picture-fields.tsx'
import { Button } from '#app/ui/button.tsx'
import { Picture } from '#app/ui/picture.tsx'

interface PictureItemProps {
  picture: PictureData
  isFirst: boolean
  isLast: boolean
  canEdit: boolean
}

function PictureItem({ picture, isFirst, isLast, canEdit }: PictureItemProps) {
  const altId = `alt-${picture.id}`
  return (
    <li>
      <figure>
        <div className="pane">
          <Picture picture={picture} sizes="160px" />
        </div>
        <figcaption className={picture.alt ? undefined : 'warn'}>{picture.alt || 'Add a description'}</figcaption>
      </figure>
      {canEdit && (
        <details>
          <summary className="link">
            Change<span className="sr"> {picture.alt || 'this picture'}</span>
          </summary>
          <Form method="post" className="stack stack--tight">
            <input type="hidden" name="pictureId" value={picture.id} />
            <label className="sr" htmlFor={altId}>
              Description of the picture
            </label>
            <input className="input" id={altId} name="alt" defaultValue={picture.alt} maxLength={300} />
            <Button name="intent" value="picture-alt" type="submit" size="small">
              Save
            </Button>
            {!isFirst && (
              <Button name="intent" value="picture-first" type="submit" size="small">
                Show first
              </Button>
            )}
            {!isFirst && (
              <Button name="intent" value="picture-earlier" type="submit" size="small">
                Earlier
              </Button>
            )}
            {!isLast && (
              <Button name="intent" value="picture-later" type="submit" size="small">
                Later
              </Button>
            )}
            <Button name="intent" value="picture-remove" type="submit" size="small" tone="quiet">
              Remove picture
            </Button>
          </Form>
        </details>
      )}
    </li>
  )
}

interface PicturesBoxProps {
  product: Product
  canEdit: boolean
  errors: Record<string, string[] | undefined>
}

export function PicturesBox({ product, canEdit, errors }: PicturesBoxProps) {
  return (
    <section className="box stack" aria-labelledby="pictures-head">
      <h2 id="pictures-head">Pictures</h2>
      {product.pictures.length === 0 && <p className="soft">No picture yet. The shop shows an empty window.</p>}
      <ul className="media l">
        {product.pictures.map((picture, index) => (
          <PictureItem
            key={picture.id}
            picture={picture}
            isFirst={index === 0}
            isLast={index === product.pictures.length - 1}
            canEdit={canEdit}
          />
        ))}
      </ul>
      {canEdit && (
        <Form method="post" encType="multipart/form-data" className="stack" key={product.pictures.length}>
          <PictureFields errors={errors} isMany />
          <p>
            <Button name="intent" value="picture-add" type="submit">
              Upload
            </Button>
          </p>
        </Form>
      )}
    </section>
  )
}
