import { Form } from '@remix-run/react'
import type { Product } from '@vitrine/contracts/catalog'
import { Button } from '#app/ui/button.tsx'

/** Two steps without a script: open, read what happens, then do it. */
export function ArchiveBox({ product }: { product: Product }) {
  if (product.status === 'archived') return null
  return (
    <details className="box">
      <summary className="link">Archive this product</summary>
      <Form method="post" className="stack mt">
        <p>
          Archive {product.title}? It disappears from the shop at once. Orders keep it, and you can bring it back by its
          status.
        </p>
        <p>
          <Button name="intent" value="archive" type="submit" tone="danger">
            Archive {product.title}
          </Button>
        </p>
      </Form>
    </details>
  )
}
