import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const NotificationsEnv = BaseEnv.extend({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_TOKEN: z.string().max(500).optional(),
  MAIL_FROM: z.string().trim().min(3).max(254).default('Vitrine <shop@vitrine.test>'),
})
export type NotificationsEnv = z.infer<typeof NotificationsEnv>
