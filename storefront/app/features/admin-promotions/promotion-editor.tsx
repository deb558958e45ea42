import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { CategoryChoice } from '#app/features/admin-products/category-choices.ts'
import { EffectBox, LimitsBox, ScopeBox } from '#app/features/admin-promotions/promotion-fields.tsx'
import type { Values } from '#app/features/admin-promotions/promotion-form.ts'
import { useGuardedForm } from '#app/features/admin-shell/leave-guard.ts'
import { Button } from '#app/ui/button.tsx'

interface PromotionEditorProps {
  values: Values
  errors: Record<string, string[] | undefined>
  categories: CategoryChoice[]
  chosen: string[]
  submitLabel: string
  isBusy: boolean
}

/** The form of a new and of an existing promotion. */
export function PromotionEditor({ values, errors, categories, chosen, submitLabel, isBusy }: PromotionEditorProps) {
  const [isScripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  const { watch } = useGuardedForm('promotion')
  return (
    <Form method="post" className="stack narrow" noValidate {...watch}>
      <EffectBox values={values} errors={errors} isScripted={isScripted} />
      <LimitsBox values={values} errors={errors} />
      <ScopeBox values={values} errors={errors} categories={categories} chosen={chosen} />
      <p>
        <Button name="intent" value="save" type="submit" tone="primary" isBusy={isBusy}>
          {submitLabel}
        </Button>
      </p>
    </Form>
  )
}
