import { Icon } from '#app/ui/icon.tsx'

interface NumberStepperProps {
  id: string
  name: string
  label: string
  max: number
}

/** Minus, number, plus, where nothing is sent yet. The buttons need the enhancement module; without a script they hide. */
export function NumberStepper({ id, name, label, max }: NumberStepperProps) {
  return (
    <div className="quantity" role="group" aria-label={label} data-stepper>
      <button type="button" data-step="-1" disabled>
        <span className="sr">One fewer</span>
        <Icon name="minus" />
      </button>
      <input
        id={id}
        name={name}
        type="number"
        inputMode="numeric"
        min={1}
        max={max}
        defaultValue={1}
        aria-label={label}
      />
      <button type="button" data-step="1" disabled={max <= 1}>
        <span className="sr">One more</span>
        <Icon name="plus" />
      </button>
    </div>
  )
}
