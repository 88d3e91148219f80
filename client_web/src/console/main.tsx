/** The moderator's console. */
import { Notice } from "../views/notice";
import { word } from "../words";

export function Console() {
  return <Notice title={word("session.console_title")} text={word("session.console_soon")} way="/" label={word("room.back_to_doors")} />;
}
