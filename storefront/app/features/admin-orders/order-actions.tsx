import { Form } from '@remix-run/react'
import type { Order } from '@vitrine/contracts/orders'
import { formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { TextAreaField, TextField } from '#app/ui/field.tsx'

export interface ActionState {
  values: Record<string, string>
  errors: Record<string, string[] | undefined>
}

export function ShipBox({ values, errors }: ActionState) {
  return (
    <section className="box has-fields" aria-labelledby="shipment">
      <h2 id="shipment">Shipment</h2>
      <Form className="stack" id="ship" method="post" noValidate>
        <div className="fields">
          <TextField
            name="carrier"
            label="Carrier"
            list="carriers"
            defaultValue={values.carrier ?? 'DHL'}
            errors={errors.carrier}
            span="span-3"
          />
          <TextField
            name="tracking"
            label="Tracking number"
            defaultValue={values.tracking}
            errors={errors.tracking}
            hint="The shopper gets it by e-mail."
            span="span-3"
          />
        </div>
        <datalist id="carriers">
          <option value="DHL" />
          <option value="DPD" />
          <option value="Post" />
        </datalist>
      </Form>
    </section>
  )
}

export function CancelBox({ order }: { order: Order }) {
  const isPaid = order.paymentStatus !== 'unpaid'
  return (
    <details className="box">
      <summary className="link">Cancel this order</summary>
      <Form method="post" className="stack mt">
        <p>
          Cancel order {order.number}?{' '}
          {isPaid
            ? `${formatMoney(order.total)} goes back to the card, and the items return to the shelf.`
            : 'Nothing was paid.'}
        </p>
        <TextAreaField id="cancel-reason" name="reason" label="Reason" isOptional maxLength={500} />
        <p>
          <Button name="intent" value="cancel" type="submit" tone="danger">
            Cancel order {order.number}
          </Button>
        </p>
      </Form>
    </details>
  )
}
