/**
 * Navigator cannot start, or a command cannot begin, for a reason the person at the keyboard can put right.
 * The message is the whole sentence for that person: what is wrong, where, and what to do. The command line
 * prints it without a stack and exits with 1.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
