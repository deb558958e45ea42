import type { ReactNode } from 'react'

export type BadgeTone = 'plain' | 'positive' | 'warning' | 'danger' | 'info' | 'sale' | 'lamp' | 'outline'

/** A state in one or two words. Never something to click. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'badge' : `badge badge--${tone}`}>{children}</span>
}
