import { Icon } from '#app/ui/icon.tsx'

interface QuantityProps {
  id: string
  label: string
  value: number
  max: number
  size?: 'normal' | 'small'
}

/**
 * Minus, number, plus. Both buttons submit the surrounding form with the new number as `set`,
 * so it works without a script; the enhancement module only changes the number where nothing is to be sent yet.
 */
export function Quantity({ id, label, value, max, size = 'normal' }: QuantityProps) {
  return (
    <div
      className={size === 'small' ? 'quantity quantity--small' : 'quantity'}
      role="group"
      aria-label={label}
      data-quantity
    >
      <button type="submit" name="set" value={value - 1} disabled={value <= 1}>
        <span className="sr">One fewer</span>
        <Icon name="minus" />
      </button>
      <input
        id={id}
        name="quantity"
        type="number"
        inputMode="numeric"
        min={1}
        max={Math.max(1, max)}
        defaultValue={value}
        aria-label={label}
      />
      <button type="submit" name="set" value={value + 1} disabled={value >= max}>
        <span className="sr">One more</span>
        <Icon name="plus" />
      </button>
    </div>
  )
}
