/** The part of Stripe's appearance that plain inputs can follow: its variables, as CSS custom properties. */
export interface Appearance {
  theme?: string
  variables?: Record<string, string>
}

const PROPERTIES: Record<string, string> = {
  colorPrimary: '--stripe-color-primary',
  colorText: 'color',
  colorDanger: '--stripe-color-danger',
  fontFamily: 'font-family',
  fontSizeBase: 'font-size',
  spacingUnit: '--stripe-spacing-unit',
  borderRadius: '--stripe-border-radius',
}

/** Sets what the page asked for on the form; the rest follows the page's own style sheet. */
export function applyAppearance(root: HTMLElement, appearance: Appearance | undefined): void {
  for (const [name, value] of Object.entries(appearance?.variables ?? {})) {
    const property = PROPERTIES[name]
    if (property) root.style.setProperty(property, value)
  }
}
