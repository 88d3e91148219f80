/** A room as it is now, with what a moderator can do at each message. */
import type { Message } from "../log";
import { roomOf } from "../page";
import { Composer } from "../views/composer";
import { MessageActsContext } from "../views/context";
import { Log } from "../views/log";
import { useWatching } from "../views/room";
import { RoomTruth } from "../views/room-head";
import { Writing } from "../views/writing";
import { word } from "../words";
import { MessageActs } from "./message-acts";
import { outcomeWords } from "./ticket-card";
import { UndoBar } from "./undo-bar";
import { useStation } from "./use-station";
import { WorkHead } from "./work-head";

export function LiveRoom({ channel: id }: { channel: string }) {
  const station = useStation();
  const channel = station.chat.state.channels[id];
  useWatching(id);
  return (
    <>
      <WorkHead title={roomOf(id.replace(/^room:/, ""))?.name ?? ""} back="rooms" />
      <div class="work__about">{channel && <RoomTruth channel={channel} />}</div>
      {channel?.entering.is === "in" || channel?.cameIn ? (
        <>
          <MessageActsContext.Provider value={station.mayDecide ? messageActs : null}>
            <Log channel={channel} />
          </MessageActsContext.Provider>
          <Writing channel={channel} />
          <UndoBar />
          <p class="console__told console__told--work" role="status">{station.said}</p>
          <Composer channel={channel} />
        </>
      ) : (
        <p class="console__empty" role="status">{channel?.entering.is === "refused" ? outcomeWords(channel.entering.code) : word("room.opening")}</p>
      )}
    </>
  );
}

function messageActs(message: Message, channel: string) {
  return <MessageActs message={message} channel={channel} />;
}
