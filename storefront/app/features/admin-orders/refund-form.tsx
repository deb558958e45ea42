import { Form, Link } from '@remix-run/react'
import type { Order } from '@vitrine/contracts/orders'
import { type FormEvent, useState } from 'react'
import type { ActionState } from '#app/features/admin-orders/order-actions.tsx'
import {
  paidFor,
  quantityField,
  refundable,
  shippingLeft,
  sumOf,
  unitsLeft,
} from '#app/features/admin-orders/refund-rules.ts'
import { count, formatMoney } from '#app/format.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { CheckField, SelectField, TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'

const REASONS = ['Sent back', 'Arrived damaged', 'Wrong item', 'Goodwill', 'Order cancelled']

function RefundLine({ order, line, value }: { order: Order; line: Order['lines'][number]; value: string }) {
  const name = quantityField(line.sku)
  const left = unitsLeft(order, line)
  const facts = [...Object.values(line.options), `${formatMoney({ ...line.total, amount: paidFor(order, line) })} paid`]
  return (
    <li className="line line--refund">
      <Thumbnail url={line.picture} />
      <div>
        <p className="medium">{line.title}</p>
        <p className="muted tiny">
          {facts.join(', ')}
          {left < line.quantity && `, ${line.quantity - left} of ${line.quantity} refunded`}
        </p>
      </div>
      <div className="row nowrap">
        <label className="sr" htmlFor={name}>
          Refund how many {line.title}
        </label>
        <input
          className="input input--money"
          id={name}
          name={name}
          type="number"
          min={0}
          max={left}
          defaultValue={value}
          disabled={left === 0}
        />
        <span className="muted">of {left}</span>
      </div>
    </li>
  )
}

function Amounts({ order, values, errors, sum }: ActionState & { order: Order; sum: number | null }) {
  const money = (amount: number) => formatMoney({ ...order.total, amount })
  const reasons = values.reason && !REASONS.includes(values.reason) ? [values.reason, ...REASONS] : REASONS
  return (
    <div className="has-fields">
      <div className="fields">
        <TextField
          className="input--money"
          name="shipping"
          label="Delivery"
          inputMode="decimal"
          placeholder="0.00"
          defaultValue={values.shipping}
          errors={errors.shipping}
          hint={`${money(shippingLeft(order))} of ${money(order.shipping.amount)} can go back`}
          span="span-3"
          isOptional
        />
        <TextField
          className="input--money"
          name="amount"
          label="Another amount in euro"
          inputMode="decimal"
          defaultValue={values.amount}
          errors={errors.amount}
          hint={`Instead of the sum of the items, up to ${money(refundable(order))}`}
          span="span-3"
          isOptional
        />
        <SelectField name="reason" label="Reason" defaultValue={values.reason ?? REASONS[0]}>
          {reasons.map((reason) => (
            <option key={reason}>{reason}</option>
          ))}
        </SelectField>
        <CheckField name="all" label={`Everything that is left, ${money(refundable(order))}`} />
      </div>
      {sum !== null && sum > 0 && (
        <div className="mt" role="status">
          <Notice tone="info">
            {order.addresses.shipping.name} gets {money(sum)} back on the card within 5 to 10 days, and a message now.{' '}
            {money(Math.max(0, refundable(order) - sum))} stays captured.
          </Notice>
        </div>
      )}
    </div>
  )
}

interface RefundFormProps extends ActionState {
  order: Order
  /** Makes the refund happen once, however often the form is sent. */
  refundKey: string
  isBusy: boolean
}

/** Refunds by line, delivery or amount. Without a script the button names no sum; the service counts it either way. */
export function RefundForm({ order, refundKey, values, errors, isBusy }: RefundFormProps) {
  const [sum, setSum] = useState(() => sumOf(order, values))
  const recount = ({ currentTarget }: FormEvent<HTMLFormElement>) => {
    const filled = [...new FormData(currentTarget)].map(([name, value]) => [name, String(value)])
    setSum(sumOf(order, Object.fromEntries(filled)))
  }
  const items = order.lines.reduce((all, line) => all + unitsLeft(order, line), 0)
  return (
    <Form method="post" className="box box--flush panel admin-dialog" onChange={recount} noValidate>
      <input type="hidden" name="key" value={refundKey} />
      <div className="panel__body stack">
        <ul className="lines l">
          {order.lines.map((line) => (
            <RefundLine key={line.sku} order={order} line={line} value={values[quantityField(line.sku)] ?? '0'} />
          ))}
        </ul>
        {items > 0 && (
          <CheckField
            name="restock"
            label={`Put the refunded items back in stock, ${count(items, 'item')} at most`}
            defaultChecked={values.restock === 'on'}
          />
        )}
        <Amounts order={order} values={values} errors={errors} sum={sum} />
      </div>
      <div className="panel__foot">
        <Link className={buttonClass()} to={`/admin/orders/${order.id}`}>
          Keep the payment
        </Link>
        <Button type="submit" tone="danger" isBusy={isBusy}>
          Refund{sum ? ` ${formatMoney({ ...order.total, amount: sum })}` : ''}
        </Button>
      </div>
    </Form>
  )
}
