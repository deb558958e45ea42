import { useEffect, useState } from 'react'
import { formatTime } from '#app/format.ts'
import { Icon } from '#app/ui/icon.tsx'

const WARN_SECONDS = 120
const two = (number: number) => String(number).padStart(2, '0')

/** Until when the items are held. The last two minutes are counted down; a screen reader hears once that they began. */
export function KeptUntil({ at }: { at: string }) {
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.round((Date.parse(at) - Date.now()) / 1000)))
    look()
    const timer = setInterval(look, 1000)
    return () => clearInterval(timer)
  }, [at])
  const isShort = left !== null && left <= WARN_SECONDS
  return (
    <div className="reserve">
      <Icon name="clock" />
      <p>
        {isShort ? (
          <span aria-hidden="true">
            We keep these for you for another{' '}
            <time>
              {Math.floor(left / 60)}:{two(left % 60)}
            </time>
            .
          </span>
        ) : (
          <>
            Kept for you until <time dateTime={at}>{formatTime(at)}</time>.
          </>
        )}
        <span role="status">
          {isShort && (
            <>
              <span className="sr">Less than two minutes are left. </span>After that we look again whether they are
              still there.
            </>
          )}
        </span>
      </p>
    </div>
  )
}
