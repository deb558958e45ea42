import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SecondFactorStatus, Sessions } from '@vitrine/contracts/auth'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { DevicesBox } from '#app/features/account/devices-box.tsx'
import { PasswordBox } from '#app/features/account/password-box.tsx'
import { RecoveryCodesBox, SecondFactorBox } from '#app/features/account/second-factor-box.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { readForm, refusalOf } from '#app/server/form.server.ts'
import { Notice } from '#app/ui/notice.tsx'
import { INTENTS, reply } from './intents.server.ts'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const [sessions, secondFactor] = await Promise.all([
    api(request).get(Sessions, '/api/auth/sessions'),
    api(request).get(SecondFactorStatus, '/api/auth/totp'),
  ])
  return { sessions: sessions.items, secondFactor }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const intent = String(form.get('intent'))
  form.delete('intent')
  // The app's key is shown again when the code was wrong; auth never reads it from here.
  const secret = form.get('secret')
  const picture = form.get('picture')
  form.delete('secret')
  form.delete('picture')
  const offer = typeof secret === 'string' && typeof picture === 'string' ? { secret, picture } : null
  try {
    const answer = reply(intent, (await INTENTS[intent]?.(request, form)) ?? {})
    const isRefused = Object.keys(answer.fields).length > 0
    return data(isRefused ? { ...answer, offer } : answer, isRefused ? 400 : 200)
  } catch (error) {
    return data(reply(intent, { ...refusalOf(form, error), offer }), 400)
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Security', isHidden: true })

export default function Security() {
  const { sessions, secondFactor } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const errorsOf = (intent: string) => (answer?.intent === intent ? answer.fields : {})
  return (
    <AccountFrame title="Security" path="/account/security">
      {answer?.done && (
        <Notice tone="positive" role="status">
          {answer.done}
        </Notice>
      )}
      {answer?.message && Object.keys(answer.fields).length === 0 && (
        <Notice tone="danger" role="alert">
          {answer.message}
        </Notice>
      )}
      {secondFactor.isMissing && (
        <Notice tone="warning" title="Your role needs a second factor">
          The dashboard opens once you add an authenticator app below{secondFactor.isEnrolled && ' or sign in anew'}.
        </Notice>
      )}
      {answer?.recoveryCodes && <RecoveryCodesBox codes={answer.recoveryCodes} />}
      <PasswordBox errors={errorsOf('password')} />
      <SecondFactorBox
        status={secondFactor}
        offer={answer?.offer ?? null}
        errors={{ ...errorsOf('totp-begin'), ...errorsOf('totp-confirm'), ...errorsOf('totp-remove') }}
      />
      <DevicesBox sessions={sessions} />
    </AccountFrame>
  )
}
