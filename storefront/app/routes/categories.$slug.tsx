import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '#app/features/catalog/product-list.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering, problem } from '#app/server/answer.server.ts'
import { publicUrl } from '#app/server/env.server.ts'
import { loadProductList } from '#app/server/product-list.server.ts'

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const slug = params.slug ?? ''
  const page = await loadProductList(request, { category: slug })
  const category = page.list.category
  if (!category) problem(request, 404, 'not_found', 'There is no such category.')
  return { ...page, category, canonical: publicUrl(`/categories/${category.slug}`) }
})

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({ title: data.category.title, description: data.category.description, canonical: data.canonical })
    : pageMeta({ title: 'Category' })

export default function CategoryPage() {
  const { list, address, productCount, pageSize, instead, category } = useLoaderData<typeof loader>()
  const path = category.path.map(({ slug, title }) => ({ title, to: `/categories/${slug}` }))
  return (
    <ProductList
      title={category.title}
      text={category.description}
      crumbs={[{ title: 'Home', to: '/' }, ...path]}
      {...{ list, address, productCount, pageSize, instead }}
    />
  )
}
