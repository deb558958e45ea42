import type { MetaDescriptor } from '@remix-run/react'
import type { Product, Variant } from '@vitrine/contracts/catalog'
import { amountText } from '#app/format.ts'

function offer(variant: Variant, url: string) {
  return {
    '@type': 'Offer',
    sku: variant.sku,
    url: `${url}?${new URLSearchParams(variant.options)}`,
    price: amountText(variant.price.amount, variant.price.currency),
    priceCurrency: variant.price.currency,
    availability: `https://schema.org/${variant.available > 0 ? 'InStock' : 'OutOfStock'}`,
  }
}

/** Product and breadcrumbs for search engines. */
export function productJsonLd(product: Product, url: string): MetaDescriptor[] {
  const rating = {
    '@type': 'AggregateRating',
    ratingValue: product.rating.average,
    reviewCount: product.rating.count,
  }
  const described = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.description,
    url,
    image: product.pictures.flatMap((picture) => {
      const largest = picture.sources.at(-1)
      return largest ? [new URL(largest.url, url).href] : []
    }),
    ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand } } : {}),
    offers: product.variants.map((variant) => offer(variant, url)),
    ...(product.rating.count > 0 ? { aggregateRating: rating } : {}),
  }
  const crumbs = {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: product.categoryPath.map(({ slug, title }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: title,
      item: new URL(`/categories/${slug}`, url).href,
    })),
  }
  return [{ 'script:ld+json': described }, { 'script:ld+json': crumbs }]
}
