import type { Session } from '@vitrine/contracts/auth'
import { formatDateTime } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { deviceName } from './device-name.ts'

/** Where one is signed in, with a way out of each and of all. */
export function DevicesBox({ sessions }: { sessions: Session[] }) {
  return (
    <section className="stack" aria-labelledby="devices">
      <div className="row row--between">
        <h2 id="devices">Where you are signed in</h2>
        <form method="post">
          <button className={buttonClass({ size: 'small' })} type="submit" name="intent" value="end-all">
            Sign out everywhere
          </button>
        </form>
      </div>
      {sessions.map((session) => (
        <div key={session.id} className="box row row--between">
          <p title={session.userAgent}>
            {deviceName(session.userAgent)} {session.isCurrent && <Badge tone="positive">This one</Badge>}
            <br />
            <span className="small muted">
              Last used {formatDateTime(session.lastUsedAt)}
              {session.address && ` from ${session.address}`}
            </span>
          </p>
          {!session.isCurrent && (
            <form method="post">
              <input type="hidden" name="session" value={session.id} />
              <button className={buttonClass({ size: 'small' })} type="submit" name="intent" value="end-one">
                Sign out<span className="sr"> {deviceName(session.userAgent)}</span>
              </button>
            </form>
          )}
        </div>
      ))}
    </section>
  )
}
