import type { Product, Review, ReviewList } from '@vitrine/contracts/catalog'
import { count, formatDate, formatScore } from '#app/format.ts'
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
      </p>
    </article>
  )
}

export function Reviews({ product, reviews }: { product: Product; reviews: ReviewList | null }) {
  return (
    <section className="section" id="reviews" aria-labelledby="reviews-title">
      <div className="section__head">
        <h2 id="reviews-title">Reviews</h2>
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
    </section>
  )
}
