import { html, type SafeHtml } from './html.rules.ts'

export type MailContent = { subject: string; html: string; text: string }
export type MailAction = { label: string; url: string }
export type MailParts = {
  subject: string
  title: string
  preview: string
  body: SafeHtml
  action?: MailAction
  publicUrl: string
}

const FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

const button = ({ label, url }: MailAction) => html`
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td bgcolor="#0b6650" style="border-radius:10px"><a href="${url}" style="display:inline-block;padding:13px 26px;color:#ffffff;font-weight:600;text-decoration:none">${label}</a></td>
</tr></table>`

/** The frame of every mail: tables and inline styles, because mail programs know little else. */
export function mailHtml({ subject, title, preview, body, action, publicUrl }: MailParts): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${subject}</title></head>
<body style="margin:0;padding:0;background:#f0f4f2;color:#0f1f1a;font:400 16px/1.6 ${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f0f4f2"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">
<tr><td style="padding:0 4px 20px;font-size:20px;font-weight:600;letter-spacing:-.02em"><a href="${publicUrl}" style="color:#0f1f1a;text-decoration:none"><span style="color:#0b6650">&#9646;</span> Vitrine</a></td></tr>
<tr><td bgcolor="#ffffff" style="padding:32px 28px;border:1px solid #dde5e1;border-radius:16px">
<h1 style="margin:0 0 12px;font-size:26px;line-height:1.2;letter-spacing:-.02em">${title}</h1>
${body}${action ? button(action) : ''}
</td></tr>
<tr><td style="padding:20px 4px;color:#58675f;font-size:13px;line-height:1.5">You get this mail because of something you did at <a href="${publicUrl}" style="color:#0b6650">Vitrine</a>.</td></tr>
</table></td></tr></table></body></html>`.safe
}

/** A paragraph in the mail's rhythm. */
export const paragraph = (text: string): SafeHtml => html`<p style="margin:0 0 20px;color:#3d4d46">${text}</p>`

/** Lines of the text version; empty ones stay, undefined ones go. */
export const textOf = (lines: readonly (string | undefined)[]): string =>
  lines.filter((line) => line !== undefined).join('\n')
