import type { Product } from '@vitrine/contracts/catalog'
import type { Review, ReviewList } from '@vitrine/contracts/reviews'
import { ReviewForm } from '#app/features/catalog/review-form.tsx'
import { count, formatDate, formatScore } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Stars } from '#app/ui/rating.tsx'

function Spread({ histogram }: { histogram: number[] }) {
  const most = Math.max(1, ...histogram)
  const rows = histogram.map((number, index) => ({ stars: index + 1, number })).toReversed()
  return (
    <ul className="spread" aria-label="How many gave how many stars">
      {rows.map(({ stars, number }) => (
        <li key={stars}>
          <span>{count(stars, 'star')}</span>
          <svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(number / most) * 100} height="8" />
          </svg>
          <span>{number}</span>
        </li>
      ))}
    </ul>
  )
}

function OneReview({ review }: { review: Review }) {
  return (
    <article className="review">
      <header>
        <Stars rating={review.rating} />
        <h3>{review.title}</h3>
      </header>
      <p>{review.body}</p>
      <p className="small muted">
        {review.author}, <time dateTime={review.createdAt}>{formatDate(review.createdAt)}</time>
        {review.isVerified && (
          <>
            {' '}
            <Badge tone="positive">Verified buyer</Badge>
          </>
        )}
      </p>
    </article>
  )
}

interface ReviewsProps {
  product: Product
  reviews: ReviewList | null
  isSignedIn: boolean
  /** This person just sent one. */
  hasReviewed: boolean
}

/** Written right here by who is signed in; others are asked to sign in first. */
function Write({ slug, isSignedIn }: { slug: string; isSignedIn: boolean }) {
  if (!isSignedIn) {
    return (
      <p>
        <a href={`/login?to=${encodeURIComponent(`/products/${slug}/review`)}`}>Sign in to write a review</a>
      </p>
    )
  }
  return (
    <details className="measure">
      <summary className="link">Write a review</summary>
      <div className="mt">
        <ReviewForm slug={slug} />
      </div>
    </details>
  )
}

export function Reviews({ product, reviews, isSignedIn, hasReviewed }: ReviewsProps) {
  return (
    <section className="section" id="reviews" aria-labelledby="reviews-title">
      <div className="section__head">
        <h2 id="reviews-title">Reviews</h2>
      </div>
      <div role="status">
        {hasReviewed && <Notice tone="positive">Thank you. Your review is shown as soon as we have read it.</Notice>}
      </div>
      {reviews === null && <p className="soft">The reviews did not load. Everything else on this page works.</p>}
      {reviews?.items.length === 0 && <p className="soft">Nobody has written about it yet.</p>}
      {reviews && reviews.items.length > 0 && (
        <div className="reviews">
          <div className="stack">
            <div className="row">
              <p className="score num">{formatScore(product.rating.average)}</p>
              <div>
                <Stars rating={product.rating.average} />
                <p className="small muted num">{count(product.rating.count, 'review')}</p>
              </div>
            </div>
            <Spread histogram={reviews.histogram} />
          </div>
          <div>
            {reviews.items.map((review) => (
              <OneReview key={review.id} review={review} />
            ))}
          </div>
        </div>
      )}
      <Write slug={product.slug} isSignedIn={isSignedIn} />
    </section>
  )
}
