import { Form } from '@remix-run/react'
import type { Order } from '@vitrine/contracts/orders'
import { refundable } from '#app/features/admin-orders/order-rules.ts'
import { formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckField, TextAreaField, TextField } from '#app/ui/field.tsx'

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

function RefundLines({ order, values }: { order: Order; values: ActionState['values'] }) {
  return (
    <ul className="lines l">
      {order.lines.map((line) => {
        const name = `quantity.${line.sku}`
        return (
          <li className="row row--between" key={line.sku}>
            <span>
              {line.title} <span className="muted tiny">{formatMoney(line.total)} paid</span>
            </span>
            <span className="row nowrap">
              <label className="sr" htmlFor={name}>
                Refund how many {line.title}
              </label>
              <input
                className="input input--money"
                id={name}
                name={name}
                type="number"
                min={0}
                max={line.quantity}
                defaultValue={values[name] ?? 0}
              />
              <span className="muted">of {line.quantity}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** The key in the form makes a refund happen once, however often the form is sent. */
export function RefundBox({
  order,
  refundKey,
  isOpen,
  values,
  errors,
}: ActionState & { order: Order; refundKey: string; isOpen: boolean }) {
  const left = { ...order.total, amount: refundable(order) }
  if (left.amount === 0) return null
  return (
    <details className="box" open={isOpen}>
      <summary className="link">Refund</summary>
      <Form method="post" className="stack mt has-fields" noValidate key={order.refunds.length}>
        <input type="hidden" name="key" value={refundKey} />
        <RefundLines order={order} values={values} />
        {order.shipping.amount > 0 && <CheckField name="shipping" label={`Delivery, ${formatMoney(order.shipping)}`} />}
        <TextField
          name="amount"
          label="Or an amount in euro"
          inputMode="decimal"
          defaultValue={values.amount}
          errors={errors.amount}
          hint={`Up to ${formatMoney(left)}`}
          isOptional
        />
        <CheckField name="all" label={`All that is left, ${formatMoney(left)}`} />
        <CheckField name="restock" label="Put the items back in stock" />
        <TextField
          id="refund-reason"
          name="reason"
          label="Reason"
          defaultValue={values.reason}
          errors={errors.reason}
          isOptional
          maxLength={500}
        />
        <p className="soft">The money is on the card within 5 to 10 days.</p>
        <p>
          <Button name="intent" value="refund" type="submit" tone="danger">
            Refund
          </Button>
        </p>
      </Form>
    </details>
  )
}
