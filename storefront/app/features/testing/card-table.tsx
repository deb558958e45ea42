import type { TestCard } from '#app/features/testing/cards.ts'
import { Badge } from '#app/ui/badge.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

interface CardTableProps {
  id: string
  title: string
  cards: TestCard[]
}

/** One group of test cards. With a script, a click fills the card into the next checkout. */
export function CardTable({ id, title, cards }: CardTableProps) {
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
                  <span className="sr">Fill in or copy</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {cards.map((card) => (
                <CardRow key={card.number} {...card} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  )
}

function CardRow({ number, outcome, tone, sees }: TestCard) {
  return (
    <tr>
      <td>
        <span className="mono medium">{number}</span>
      </td>
      <td>
        <Badge tone={tone}>{outcome}</Badge>
      </td>
      <td className="soft">{sees}</td>
      <td className="end">
        <a className={`${buttonClass({ size: 'small' })} needs-script`} href="/checkout" data-test-card={number}>
          Use<span className="sr"> {number} at checkout</span>
        </a>{' '}
        <button className="btn btn--small btn--icon needs-script" type="button" data-copy={number}>
          <span className="sr">Copy {number}</span>
          <Icon name="copy" />
        </button>
      </td>
    </tr>
  )
}
