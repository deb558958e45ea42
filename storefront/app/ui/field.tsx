import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useFieldCheck } from '#app/ui/field-check.ts'
import { Icon } from '#app/ui/icon.tsx'

interface FieldFrame {
  name: string
  label: ReactNode
  /** Set it when the same name stands on a page twice. */
  id?: string
  hint?: ReactNode
  errors?: string[]
  isOptional?: boolean
  /** Extra class of the frame, such as `span-3`. */
  span?: 'span-2' | 'span-3' | 'span-4'
}

/** The first field that was refused has the focus when the page comes back, also without a script. */
const firstErrorFirst = (isInvalid: boolean) => ({ autoFocus: isInvalid || undefined })

function frameOf({ name, id, errors, hint }: FieldFrame) {
  const fieldId = id ?? name.replaceAll('.', '-')
  const isInvalid = Boolean(errors?.length)
  const hasNote = isInvalid || hint !== undefined
  return { fieldId, isInvalid, noteId: `${fieldId}-note`, describedBy: hasNote ? `${fieldId}-note` : undefined }
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="field__error" id={id}>
      <Icon name="warning" />
      <span>{children}</span>
    </p>
  )
}

function Frame(props: FieldFrame & { children: ReactNode }) {
  const { fieldId, isInvalid, noteId } = frameOf(props)
  return (
    <div className={props.span ? `field ${props.span}` : 'field'}>
      <label htmlFor={fieldId}>
        {props.label}
        {props.isOptional && <span className="muted"> (optional)</span>}
      </label>
      {props.children}
      {isInvalid && <FieldError id={noteId}>{props.errors?.[0]}</FieldError>}
      {!isInvalid && props.hint !== undefined && (
        <p className="field__hint" id={noteId}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

const split = <P extends FieldFrame>({ label, hint, errors, isOptional, span, ...control }: P) => control

type TextFieldProps = FieldFrame &
  InputHTMLAttributes<HTMLInputElement> & {
    /** What is wrong with a value, said on leaving the field. */
    check?: (value: string) => string | undefined
  }

/** One line of text with its label above and its hint or error below. */
export function TextField({ check, ...given }: TextFieldProps) {
  const { errors, ...watching } = useFieldCheck(given.errors, check)
  const props = { ...given, errors }
  const { fieldId, isInvalid, describedBy } = frameOf(props)
  return (
    <Frame {...props}>
      <input
        type="text"
        required={!props.isOptional}
        {...firstErrorFirst(isInvalid)}
        {...watching}
        {...split(props)}
        className={props.className ? `input ${props.className}` : 'input'}
        id={fieldId}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
      />
    </Frame>
  )
}

type SelectFieldProps = FieldFrame & SelectHTMLAttributes<HTMLSelectElement>

export function SelectField(props: SelectFieldProps) {
  const { fieldId, isInvalid, describedBy } = frameOf(props)
  return (
    <Frame {...props}>
      <select
        {...split(props)}
        className="input"
        id={fieldId}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
      />
    </Frame>
  )
}

type TextAreaProps = FieldFrame & TextareaHTMLAttributes<HTMLTextAreaElement>

export function TextAreaField(props: TextAreaProps) {
  const { fieldId, isInvalid, describedBy } = frameOf(props)
  return (
    <Frame {...props}>
      <textarea
        required={!props.isOptional}
        {...split(props)}
        className="input"
        id={fieldId}
        aria-invalid={isInvalid || undefined}
        aria-describedby={describedBy}
      />
    </Frame>
  )
}

type CheckFieldProps = { label: ReactNode; count?: number } & InputHTMLAttributes<HTMLInputElement>

/** A box to tick; the whole line can be clicked. */
export function CheckField({ label, count, ...input }: CheckFieldProps) {
  return (
    <label className="check">
      <input type="checkbox" {...input} />
      <span>{label}</span>
      {count !== undefined && <span className="count">{count}</span>}
    </label>
  )
}
