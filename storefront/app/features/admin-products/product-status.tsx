import type { ProductStatus } from '@vitrine/contracts/catalog'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'

const LOOKS: Record<ProductStatus, [BadgeTone, string]> = {
  active: ['positive', 'Active'],
  draft: ['info', 'Draft'],
  archived: ['plain', 'Archived'],
}

export function ProductStatusBadge({ status }: { status: ProductStatus }) {
  const [tone, title] = LOOKS[status]
  return <Badge tone={tone}>{title}</Badge>
}
