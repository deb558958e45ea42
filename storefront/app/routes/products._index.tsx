import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '#app/features/catalog/product-list.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { publicUrl } from '#app/server/env.server.ts'
import { loadProductList } from '#app/server/product-list.server.ts'

const TEXT = 'Everything on the shelves. Every price includes tax.'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const page = await loadProductList(request)
  return { ...page, canonical: publicUrl('/products') }
})

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: 'All products', description: TEXT, canonical: data?.canonical })

export default function Products() {
  const { list, address, productCount, pageSize, instead } = useLoaderData<typeof loader>()
  const isSale = new URLSearchParams(address.search).get('onSale') === 'true'
  const title = isSale ? 'On sale' : 'All products'
  return (
    <ProductList
      title={title}
      text={TEXT}
      crumbs={[{ title: 'Home', to: '/' }, { title }]}
      {...{ list, address, productCount, pageSize, instead }}
    />
  )
}
