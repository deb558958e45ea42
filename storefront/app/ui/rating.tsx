import { formatScore } from '#app/format.ts'

const STAR = 'm12 3 2.7 5.7 6.3.9-4.6 4.4 1.1 6.2-5.5-3-5.5 3 1.1-6.2L3 9.6l6.3-.9z'

export function Star({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      <path d={STAR} />
    </svg>
  )
}

/** One star, the average and how many people rated. Nothing while nobody has. */
export function Rating({ average, count }: { average: number; count: number }) {
  if (count === 0) return null
  return (
    <span className="rating">
      <Star />
      <span className="sr">Rated </span>
      {formatScore(average)}
      <span className="sr"> of 5,</span>{' '}
      <span className="muted">
        ({count}
        <span className="sr"> reviews</span>)
      </span>
    </span>
  )
}

/** Five stars, for one review. */
export function Stars({ rating }: { rating: number }) {
  return (
    <span className="stars" role="img" aria-label={`${rating} of 5 stars`}>
      {[1, 2, 3, 4, 5].map((star) => (
        <Star key={star} className={star <= Math.round(rating) ? 'on' : 'off'} />
      ))}
    </span>
  )
}
