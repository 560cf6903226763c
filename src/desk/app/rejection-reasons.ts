// The reasons for which a tube is rejected, as the kernel lists them, in words.
import { rejectionReason, type RejectionReason } from '#kernel/specimen/specimen.ts';
import type { Translate } from '#desk/i18n/i18n.ts';
import type { PickOption } from '#desk/ui/pick-field.tsx';

export function reasonText(reason: RejectionReason, t: Translate): string {
  return t(`common.rejection.${reason}`);
}

export function rejectionOptions(t: Translate): readonly PickOption[] {
  return rejectionReason.options.map((reason) => ({ value: reason, label: reasonText(reason, t) }));
}
