import { notifications } from '@mantine/notifications';
import { text } from '@/shared/text/en';

const closeButtonProps = { 'aria-label': text.action.close };

/** Says that something was done. */
export function tellDone(message: string): void {
  notifications.show({ message, color: 'green', closeButtonProps });
}

/** Says that something was not done, and why. */
export function tellFailed(title: string, problem: unknown): void {
  const message = problem instanceof Error ? problem.message : String(problem);
  notifications.show({ title, message, color: 'red', closeButtonProps });
}
