import { type FocusEvent, type FormEvent, useEffect, useState } from 'react'

type Field = HTMLInputElement

function problemOf(field: Field, check?: (value: string) => string | undefined): string | undefined {
  const { validity, type, minLength } = field
  if (validity.valueMissing) return 'Fill this in.'
  if (validity.typeMismatch && type === 'email') return 'Write it like name@example.com.'
  if (validity.tooShort) return `${minLength} characters or more.`
  if (!validity.valid) return field.validationMessage
  return field.value === '' ? undefined : check?.(field.value)
}

/**
 * Says what is wrong with a field beside it: on leaving it, and when the browser refuses to send it. What the server
 * refused stands there until the field is edited. Without a script the browser says it in its own way.
 */
export function useFieldCheck(refused: string[] | undefined, check?: (value: string) => string | undefined) {
  const [said, say] = useState<string[] | undefined>(refused)
  const [answered, setAnswered] = useState(refused)
  // A new answer of the server replaces what was said before.
  if (answered !== refused) {
    setAnswered(refused)
    say(refused)
  }
  return {
    errors: said,
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<Field>) => {
      // Whoever presses the button hears it from the form; nothing may move under the pointer before.
      if (relatedTarget instanceof HTMLButtonElement) return
      // The window lost the focus, as to the dialog of a file field; the field did not.
      if (document.activeElement === currentTarget) return
      const problem = problemOf(currentTarget, check)
      if (problem) say([problem])
    },
    onInput: () => said && say(undefined),
    onInvalid: (event: FormEvent<Field>) => {
      const field = event.currentTarget
      event.preventDefault()
      say([problemOf(field) ?? field.validationMessage])
      if (field.form?.querySelector('input:invalid, select:invalid, textarea:invalid') === field) field.focus()
    },
  }
}

/** Leads to the first field that the server refused, or to what it said instead, each time it answers. */
export function useFirstErrorFocus(answer: unknown): void {
  useEffect(() => {
    if (!answer) return
    const field = document.querySelector<HTMLElement>('main [aria-invalid=true]')
    const words = document.querySelector<HTMLElement>('main [role=alert]')
    ;(field ?? words)?.focus()
  }, [answer])
}
