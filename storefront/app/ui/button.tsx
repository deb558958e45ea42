import type { ButtonHTMLAttributes, ReactNode } from 'react'

export type ButtonTone = 'default' | 'primary' | 'quiet' | 'danger' | 'ink'
export type ButtonSize = 'small' | 'normal' | 'big'

export interface ButtonLook {
  tone?: ButtonTone
  size?: ButtonSize
  isBlock?: boolean
  isIcon?: boolean
}

/** The class names of a button, for links that look like one. */
export function buttonClass({ tone = 'default', size = 'normal', isBlock = false, isIcon = false }: ButtonLook = {}) {
  const parts = ['btn']
  if (tone !== 'default') parts.push(`btn--${tone}`)
  if (size !== 'normal') parts.push(`btn--${size}`)
  if (isBlock) parts.push('btn--block')
  if (isIcon) parts.push('btn--icon')
  return parts.join(' ')
}

type ButtonProps = ButtonLook & { isBusy?: boolean; children: ReactNode } & ButtonHTMLAttributes<HTMLButtonElement>

/** While busy the words stay, a spinner turns and a second click does nothing. */
export function Button({ tone, size, isBlock, isIcon, isBusy = false, className, ...rest }: ButtonProps) {
  const look = buttonClass({ tone, size, isBlock, isIcon })
  return (
    <button
      {...rest}
      className={className ? `${look} ${className}` : look}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || rest['aria-disabled'] || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : rest.onClick}
    />
  )
}
