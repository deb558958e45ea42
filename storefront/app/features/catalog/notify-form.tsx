import type { Product, Variant } from '@vitrine/contracts/catalog'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

interface NotifyFormProps {
  product: Product
  variant: Variant
  problem: string | null
  isTold: boolean
}

/** For a variant that is sold out: one mail when it is back. */
export function NotifyForm({ product, variant, problem, isTold }: NotifyFormProps) {
  if (isTold) {
    return (
      <Notice tone="positive" role="status">
        We send you one mail as soon as it is back.
      </Notice>
    )
  }
  return (
    <form id="notify" className="stack" method="post" action={`/products/${product.slug}/notify`}>
      <input type="hidden" name="sku" value={variant.sku} />
      <TextField
        name="email"
        label="Tell me when it is back"
        type="email"
        autoComplete="email"
        placeholder="you@example.com"
        errors={problem ? [problem] : undefined}
        hint="One mail, and your address is forgotten."
      />
      <p className="row">
        <button className={buttonClass({ tone: 'primary' })} type="submit">
          Tell me
        </button>
        <a href={`/categories/${product.category}?inStock=true`}>See what is like it</a>
      </p>
    </form>
  )
}
