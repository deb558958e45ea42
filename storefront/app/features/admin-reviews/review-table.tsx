import { Form } from '@remix-run/react'
import type { ModeratedReview } from '@vitrine/contracts/reviews'
import { formatDateTime } from '#app/format.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Stars } from '#app/ui/rating.tsx'

const STATES: Record<ModeratedReview['status'], [title: string, tone: BadgeTone]> = {
  pending: ['Waiting', 'warning'],
  published: ['Published', 'positive'],
  rejected: ['Rejected', 'danger'],
}

function Decide({ review }: { review: ModeratedReview }) {
  return (
    <Form method="post" className="row">
      <input type="hidden" name="id" value={review.id} />
      {review.status !== 'published' && (
        <Button type="submit" name="status" value="published" size="small" tone="primary">
          Publish<span className="sr"> “{review.title}”</span>
        </Button>
      )}
      {review.status !== 'rejected' && (
        <Button type="submit" name="status" value="rejected" size="small">
          Reject<span className="sr"> “{review.title}”</span>
        </Button>
      )}
    </Form>
  )
}

/** A review with what a moderator needs to decide. */
export function ReviewItem({ review }: { review: ModeratedReview }) {
  const [state, tone] = STATES[review.status]
  return (
    <li className="pad stack stack--tight">
      <div className="row">
        <Stars rating={review.rating} />
        <h2 className="medium">{review.title}</h2>
        <Badge tone={tone}>{state}</Badge>
        {review.isVerified ? (
          <Badge tone="info">Verified buyer</Badge>
        ) : (
          <Badge tone="outline">Did not buy it here</Badge>
        )}
      </div>
      <p>{review.body}</p>
      <p className="small muted">
        {review.author} on <a href={`/products/${review.product.slug}`}>{review.product.title}</a>,{' '}
        <time dateTime={review.createdAt}>{formatDateTime(review.createdAt)}</time>
      </p>
      <Decide review={review} />
    </li>
  )
}
