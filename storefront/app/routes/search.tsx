import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '#app/features/catalog/product-list.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { loadProductList } from '#app/server/product-list.server.ts'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const page = await loadProductList(request)
  return { ...page, query: new URL(request.url).searchParams.get('q')?.trim() ?? '' }
})

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({ title: data?.query ? `Search for ${data.query}` : 'Search', isHidden: true })

export default function Search() {
  const { list, address, productCount, pageSize, instead, query } = useLoaderData<typeof loader>()
  return (
    <ProductList
      title={query ? `Results for “${query}”` : 'Search'}
      text=""
      crumbs={[{ title: 'Home', to: '/' }, { title: 'Search' }]}
      {...{ list, address, productCount, pageSize, instead }}
    />
  )
}
