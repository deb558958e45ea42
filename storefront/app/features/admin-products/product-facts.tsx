import type { Product } from '@vitrine/contracts/catalog'
import { Pairs } from '#app/ui/pairs.tsx'

/** The product for those who may look but not edit. */
export function ProductFacts({ product }: { product: Product }) {
  const { description, brand, category, categoryPath, slug } = product
  return (
    <section className="box stack" aria-labelledby="facts">
      <h2 id="facts">Details</h2>
      <p className="measure soft">{description || 'No description.'}</p>
      <Pairs
        items={[
          { term: 'Category', value: categoryPath.map(({ title }) => title).join(' › ') || category },
          { term: 'Brand', value: brand ?? 'None' },
          { term: 'Address', value: `/products/${slug}` },
        ]}
      />
    </section>
  )
}
