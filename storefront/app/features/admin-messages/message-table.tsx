import { Link } from '@remix-run/react'
import type { MessageSummary } from '@vitrine/contracts/notifications'
import { CHANNEL_TITLES, MessageStatusBadge, TEMPLATE_TITLES } from '#app/features/admin-messages/message-status.tsx'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'

export function MessageTable({ messages }: { messages: MessageSummary[] }) {
  return (
    <TableRegion label="Messages, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">To</th>
            <th scope="col">Kind</th>
            <th scope="col">State</th>
            <th scope="col">Written</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.id}>
              <td>
                <Link to={`/admin/messages/${message.id}`}>{message.subject}</Link>
              </td>
              <td>{message.to}</td>
              <td>
                {TEMPLATE_TITLES[message.template]}
                {message.channel !== 'mail' && `, ${CHANNEL_TITLES[message.channel]}`}
              </td>
              <td>
                <MessageStatusBadge status={message.status} />
              </td>
              <td>
                <time dateTime={message.createdAt}>{formatMoment(message.createdAt)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
