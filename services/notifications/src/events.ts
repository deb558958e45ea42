import type { DomainEvent, EventType } from '@vitrine/contracts/events'
import type { TemplateName } from '@vitrine/contracts/notifications'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import { invitation, passwordChanged, passwordReset, verifyEmail, welcome } from './account.template.ts'
import { backInStock } from './back-in-stock.template.ts'
import type { MailContent } from './layout.template.ts'
import type { MessageService } from './message.service.ts'
import { orderConfirmed } from './order-confirmed.template.ts'
import { orderCancelled, orderDelivered, orderRefunded, orderShipped, orderShippedText } from './order-news.template.ts'

type Session = Parameters<NonNullable<EventHandlers['order.confirmed']>>[1]

/** What is sent when: event name → template. */
export function createEventHandlers(service: MessageService<Session>, publicUrl: string) {
  type Mailed = {
    [K in EventType]: DomainEvent<K>['data'] extends { email: string } ? K : never
  }[EventType]

  const mail =
    <T extends Mailed>(
      template: TemplateName,
      write: (data: DomainEvent<T>['data'], publicUrl: string) => MailContent,
    ) =>
    async (event: DomainEvent<T>, session: Session): Promise<void> => {
      // Orders of deleted accounts name nobody's address (RFC 2606).
      if (event.data.email.endsWith('.invalid')) return
      await service.notify(
        { cause: `${event.id}/${template}`, to: event.data.email, template, content: write(event.data, publicUrl) },
        session,
      )
    }

  const mailShipped = mail<'order.shipped'>('order-shipped', orderShipped)
  const mailCancelled = mail<'order.cancelled'>('order-cancelled', orderCancelled)

  return {
    'order.confirmed': mail<'order.confirmed'>('order-confirmed', orderConfirmed),
    'order.shipped': async (event: DomainEvent<'order.shipped'>, session: Session) => {
      await mailShipped(event, session)
      const text = orderShippedText(event.data, publicUrl)
      await service.text(
        { cause: `${event.id}/order-shipped/sms`, phone: event.data.phone, template: 'order-shipped', text },
        session,
      )
    },
    'order.refunded': mail<'order.refunded'>('order-refunded', orderRefunded),
    'product.back_in_stock': mail<'product.back_in_stock'>('back-in-stock', backInStock),
    'order.delivered': mail<'order.delivered'>('order-delivered', orderDelivered),
    'order.cancelled': async (event: DomainEvent<'order.cancelled'>, session: Session) => {
      if (!event.data.isAutomatic) await mailCancelled(event, session)
    },
    'user.registered': mail<'user.registered'>('welcome', welcome),
    'user.verification_requested': mail<'user.verification_requested'>('verify-email', verifyEmail),
    'user.password_reset_requested': mail<'user.password_reset_requested'>('password-reset', passwordReset),
    'user.password_changed': mail<'user.password_changed'>('password-changed', passwordChanged),
    'user.invited': mail<'user.invited'>('invitation', invitation),
  }
}
