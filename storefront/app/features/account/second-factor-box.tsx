import type { SecondFactorStatus } from '@vitrine/contracts/auth'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

type Errors = Record<string, string[] | undefined>

/** Shown once: they are kept as hashes alone. */
export function RecoveryCodesBox({ codes }: { codes: string[] }) {
  return (
    <section className="stack" aria-labelledby="recovery">
      <Notice tone="positive" role="status" title="Sign-in asks for a code from now on">
        Keep these recovery codes somewhere safe. Each opens your account once when the app is not at hand. They are not
        shown again.
      </Notice>
      <div className="box stack">
        <h2 id="recovery">Recovery codes</h2>
        <ul className="codes mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function OfferForm({ offer, errors }: { offer: { secret: string; picture: string }; errors: Errors }) {
  return (
    <form className="box stack" method="post">
      <h2>Add your authenticator app</h2>
      <ol className="steps stack">
        <li>
          Scan this picture with the app.
          <img className="qr" src={offer.picture} width={200} height={200} alt="The key below, as a QR code" />
        </li>
        <li>
          Or type this key: <span className="mono key">{offer.secret.match(/.{1,4}/g)?.join(' ')}</span>
        </li>
        <li>Type the code that the app shows now.</li>
      </ol>
      <input type="hidden" name="secret" value={offer.secret} />
      <input type="hidden" name="picture" value={offer.picture} />
      <TextField name="code" label="Code" autoComplete="one-time-code" inputMode="numeric" errors={errors.code} />
      <p className="row">
        <button className={buttonClass({ tone: 'primary' })} type="submit" name="intent" value="totp-confirm">
          Turn it on
        </button>
        <a href="/account/security">Not now</a>
      </p>
    </form>
  )
}

interface SecondFactorBoxProps {
  status: SecondFactorStatus
  offer: { secret: string; picture: string } | null
  errors: Errors
}

const proof = (errors: Errors) => (
  <TextField
    name="password"
    id="totp-password"
    label="Your password"
    type="password"
    autoComplete="current-password"
    errors={errors.password}
  />
)

/** Adding and removing the code of an authenticator app. */
export function SecondFactorBox({ status, offer, errors }: SecondFactorBoxProps) {
  if (offer) return <OfferForm offer={offer} errors={errors} />
  if (!status.isEnrolled) {
    return (
      <form className="box stack" method="post">
        <h2>Authenticator app</h2>
        <p className="soft">
          A code of your phone beside the password. {status.isRequired ? 'Your role needs it.' : 'Off now.'}
        </p>
        {proof(errors)}
        <p>
          <button className={buttonClass()} type="submit" name="intent" value="totp-begin">
            Add an app
          </button>
        </p>
      </form>
    )
  }
  return (
    <section className="box stack" aria-labelledby="second-factor">
      <h2 id="second-factor">Authenticator app</h2>
      <p className="soft">On. {status.recoveryCodesLeft} recovery codes are left.</p>
      <details open={errors.password !== undefined}>
        <summary className="link">Turn it off</summary>
        <form className="stack mt" method="post">
          <p className="soft">To change the phone, turn it off and add the app anew.</p>
          {proof(errors)}
          <p>
            <button className={buttonClass({ tone: 'danger' })} type="submit" name="intent" value="totp-remove">
              Turn it off
            </button>
          </p>
        </form>
      </details>
    </section>
  )
}
