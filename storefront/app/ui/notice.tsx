import type { ReactNode } from 'react'
import type { IconName } from '#app/ui/icon.tsx'
import { Icon } from '#app/ui/icon.tsx'

export type NoticeTone = 'positive' | 'info' | 'warning' | 'danger' | 'test'

const ICONS: Record<NoticeTone, IconName> = {
  positive: 'check',
  info: 'info',
  warning: 'warning',
  danger: 'warning',
  test: 'flask',
}

interface NoticeProps {
  tone: NoticeTone
  title?: ReactNode
  /** `alert` interrupts, `status` waits its turn; leave it out for what is there from the start. */
  role?: 'alert' | 'status'
  children?: ReactNode
}

/** A message beside what it is about. */
export function Notice({ tone, title, role, children }: NoticeProps) {
  return (
    <div className={`notice notice--${tone}`} role={role} tabIndex={role === 'alert' ? -1 : undefined}>
      <Icon name={ICONS[tone]} />
      <div>
        {title && <h3>{title}</h3>}
        {children}
      </div>
    </div>
  )
}
