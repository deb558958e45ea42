import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { pageMeta } from '#app/features/seo.ts'
import type { TestCard } from '#app/features/testing/cards.ts'
import { GOING_THROUGH, REFUSED } from '#app/features/testing/cards.ts'
import { problem } from '#app/server/answer.server.ts'
import { findPaymentConfig } from '#app/server/shop.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import type { IconName } from '#app/ui/icon.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const config = await findPaymentConfig(request)
  if (config?.mode !== 'sandbox') problem(request, 404, 'not_found', 'Test cards are for the sandbox only.')
  return null
}

export const meta: MetaFunction = () => pageMeta({ title: 'Test cards', isHidden: true })

function CardTable({ id, title, cards }: { id: string; title: string; cards: TestCard[] }) {
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="box box--flush">
        <div className="scroll" tabIndex={0} role="region" aria-label={`${title}, table`}>
          <table className="table test-cards">
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">Outcome</th>
                <th scope="col">What the shopper should see</th>
                <th scope="col">
                  <span className="sr">Copy</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {cards.map((card) => (
                <tr key={card.number}>
                  <td>
                    <span className="mono medium">{card.number}</span>
                  </td>
                  <td>
                    <Badge tone={card.tone}>{card.outcome}</Badge>
                  </td>
                  <td className="soft">{card.sees}</td>
                  <td className="end">
                    <button className="btn btn--small btn--icon needs-script" type="button" data-copy={card.number}>
                      <span className="sr">Copy {card.number}</span>
                      <Icon name="copy" />
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  )
}

const TOOLS: [string, IconName, string, string][] = [
  ['/admin/messages', 'mail', 'Mailbox', 'Every message the shop sent, as it looks'],
  ['/api/docs', 'list', 'API documents', 'Each route with the permission it needs'],
  ['/admin', 'gear', 'Admin', 'Orders, refunds, products'],
]

export default function Testing() {
  return (
    <main id="main" className="wrap page-top">
      <div className="stack stack--loose">
        <div className="stack">
          <h1>Test cards</h1>
          <p className="lead measure">
            The shop runs in test mode. Any future date and any three-digit code will do; no number here reaches a bank.
          </p>
          <Notice tone="test">
            <b className="strong">Sandbox on.</b> No Stripe key is set, so the built-in sandbox answers. With a test
            key, Stripe answers the same numbers.
          </Notice>
        </div>
        <CardTable id="through" title="Payment goes through" cards={GOING_THROUGH} />
        <CardTable id="refused" title="Payment is refused" cards={REFUSED} />
        <section className="stack" aria-labelledby="tools">
          <h2 id="tools">Tools</h2>
          <div className="tiles">
            {TOOLS.map(([to, icon, title, text]) => (
              <a key={to} className="box" href={to}>
                <Icon name={icon} />
                <h3>{title}</h3>
                <p className="small soft">{text}</p>
              </a>
            ))}
          </div>
        </section>
      </div>
    </main>
  )
}
