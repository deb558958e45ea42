import type { DomainEvent, EventType } from '@vitrine/contracts/events'
import type { TemplateName } from '@vitrine/contracts/notifications'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import { welcome } from './account.template.ts'
import type { MailContent } from './layout.template.ts'
import type { MessageService } from './message.service.ts'
import { orderConfirmed } from './order-confirmed.template.ts'
import { orderCancelled, orderDelivered, orderShipped } from './order-news.template.ts'

type Session = Parameters<NonNullable<EventHandlers['order.confirmed']>>[1]

/** What is mailed when: event name → template. */
export function createEventHandlers(service: MessageService<Session>, publicUrl: string) {
  type Mailed = Extract<
    EventType,
    'order.confirmed' | 'order.shipped' | 'order.delivered' | 'order.cancelled' | 'user.registered'
  >

  const mail =
    <T extends Mailed>(
      template: TemplateName,
      write: (data: DomainEvent<T>['data'], publicUrl: string) => MailContent,
    ) =>
    async (event: DomainEvent<T>, session: Session): Promise<void> => {
      await service.notify(
        { cause: `${event.id}/${template}`, to: event.data.email, template, content: write(event.data, publicUrl) },
        session,
      )
    }

  return {
    'order.confirmed': mail<'order.confirmed'>('order-confirmed', orderConfirmed),
    'order.shipped': mail<'order.shipped'>('order-shipped', orderShipped),
    'order.delivered': mail<'order.delivered'>('order-delivered', orderDelivered),
    'order.cancelled': mail<'order.cancelled'>('order-cancelled', orderCancelled),
    'user.registered': mail<'user.registered'>('welcome', welcome),
  }
}
