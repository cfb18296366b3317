<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Choose audio files to analyse</source>
        <translation>Audiodateien zum Analysieren auswählen</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Choose a folder; every song in it is analysed</source>
        <translation>Einen Ordner auswählen; jeder Song darin wird analysiert</translation>
    </message>
    <message>
        <source>Paste files</source>
        <translation>Dateien einfügen</translation>
    </message>
    <message>
        <source>Add the files you copied elsewhere</source>
        <translation>Anderswo kopierte Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Clear finished…</source>
        <translation>Fertige entfernen …</translation>
    </message>
    <message>
        <source>Take everything that is finished from the list</source>
        <translation>Alles Fertige aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Aufräumen …</translation>
    </message>
    <message>
        <source>Delete old finished songs</source>
        <translation>Alte fertige Songs löschen</translation>
    </message>
    <message>
        <source>Recently deleted…</source>
        <translation>Zuletzt gelöscht …</translation>
    </message>
    <message>
        <source>Bring back songs that were deleted in the last 30 days</source>
        <translation>In den letzten 30 Tagen gelöschte Songs zurückholen</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Keep a copy of the list as it is</source>
        <translation>Eine Kopie der Liste im jetzigen Stand aufheben</translation>
    </message>
    <message>
        <source>Back up to…</source>
        <translation>Sichern nach …</translation>
    </message>
    <message>
        <source>Write a copy of the list to another disk</source>
        <translation>Eine Kopie der Liste auf ein anderes Laufwerk schreiben</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen …</translation>
    </message>
    <message>
        <source>Go back to a backup of the list</source>
        <translation>Zu einer Sicherung der Liste zurückkehren</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Give back the space of what was deleted</source>
        <translation>Den Platz von Gelöschtem freigeben</translation>
    </message>
    <message>
        <source>About the database</source>
        <translation>Über die Datenbank</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>Das Programm beenden</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>Das zuletzt Gelöschte zurückholen</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy where the audio is</source>
        <translation>Kopieren, wo die Audiodatei liegt</translation>
    </message>
    <message>
        <source>Copy Song Map JSON</source>
        <translation>Song Map als JSON kopieren</translation>
    </message>
    <message>
        <source>Copy the whole result as text</source>
        <translation>Das ganze Ergebnis als Text kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Select all songs shown</source>
        <translation>Alle gezeigten Songs auswählen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Go to the search box</source>
        <translation>Zum Suchfeld gehen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show the song&apos;s chords, key and sections</source>
        <translation>Akkorde, Tonart und Teile des Songs zeigen</translation>
    </message>
    <message>
        <source>Show audio in folder</source>
        <translation>Audiodatei im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the audio file in the file manager</source>
        <translation>Die Audiodatei in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Show Song Map in folder</source>
        <translation>Song Map im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show the Song Map&apos;s file in the file manager</source>
        <translation>Die Datei der Song Map in der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write the songs for another program: ChordPro, MIDI, MusicXML…</source>
        <translation>Die Songs für ein anderes Programm schreiben: ChordPro, MIDI, MusicXML …</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Analyse the selected songs again</source>
        <translation>Die ausgewählten Songs noch einmal analysieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop the selected songs&apos; analysis</source>
        <translation>Die Analyse der ausgewählten Songs anhalten</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Stop everything that runs or waits</source>
        <translation>Alles anhalten, was läuft oder wartet</translation>
    </message>
    <message>
        <source>Move to top</source>
        <translation>Ganz nach oben</translation>
    </message>
    <message>
        <source>Analyse the selected songs next</source>
        <translation>Die ausgewählten Songs als Nächstes analysieren</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Analyse them earlier</source>
        <translation>Früher analysieren</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Analyse them later</source>
        <translation>Später analysieren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Take songs from the list</source>
        <translation>Songs aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Problem melden …</translation>
    </message>
    <message>
        <source>Collect what helps to find it; nothing is sent</source>
        <translation>Sammeln, was bei der Suche hilft; nichts wird gesendet</translation>
    </message>
    <message>
        <source>About Performia Desktop</source>
        <translation>Über Performia Desktop</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with the waiting songs</source>
        <translation>Mit den wartenden Songs weitermachen</translation>
    </message>
    <message>
        <source>Finish the running songs only</source>
        <translation>Nur die laufenden Songs zu Ende bringen</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Noch einmal analysieren</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>The clipboard holds no files. Copy some in the file manager first.</source>
        <translation>In der Zwischenablage sind keine Dateien. Erst welche in der Dateiverwaltung kopieren.</translation>
    </message>
    <message>
        <source>A web address was left out. Download the song first, then drop its file here.</source>
        <translation>Eine Webadresse wurde ausgelassen. Den Song erst herunterladen, dann die Datei hier ablegen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln web addresses were left out. Download the songs first, then drop the files here.</source>
        <translation>
            <numerusform>%Ln Webadresse wurde ausgelassen. Den Song erst herunterladen, dann die Datei hier ablegen.</numerusform>
            <numerusform>%Ln Webadressen wurden ausgelassen. Die Songs erst herunterladen, dann die Dateien hier ablegen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No songs were found there.</source>
        <translation>Dort wurden keine Songs gefunden.</translation>
    </message>
    <message>
        <source>1 song was added; the search hides it.</source>
        <translation>1 Song wurde hinzugefügt; die Suche verbirgt ihn.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs were added; the search hides them.</source>
        <translation>
            <numerusform>%Ln Song wurde hinzugefügt; die Suche verbirgt ihn.</numerusform>
            <numerusform>%Ln Songs wurden hinzugefügt; die Suche verbirgt sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>{song} is already analysed.</source>
        <translation>{song} ist schon analysiert.</translation>
    </message>
    <message>
        <source>{song} is already in the list.</source>
        <translation>{song} ist schon in der Liste.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are already in the list.</source>
        <translation>
            <numerusform>%Ln Song ist schon in der Liste.</numerusform>
            <numerusform>%Ln Songs sind schon in der Liste.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Noch einmal analysieren</translation>
    </message>
    <message>
        <source>{file} was left out. {reason}</source>
        <translation>{file} wurde ausgelassen. {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were left out.</source>
        <translation>
            <numerusform>%Ln Datei wurde ausgelassen.</numerusform>
            <numerusform>%Ln Dateien wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>ChartArea</name>
    <message>
        <source>Chord chart</source>
        <translation>Akkordblatt</translation>
    </message>
    <message>
        <source>Reading the Song Map…</source>
        <translation>Die Song Map wird gelesen …</translation>
    </message>
    <message>
        <source>No beat was found in this recording, so there is no chart.</source>
        <translation>In dieser Aufnahme wurde kein Schlag gefunden, deshalb gibt es kein Akkordblatt.</translation>
    </message>
</context>
<context>
    <name>ChartMenu</name>
    <message>
        <source>Chord names</source>
        <translation>Akkordnamen</translation>
    </message>
    <message>
        <source>Roman numerals</source>
        <translation>Römische Stufen</translation>
    </message>
    <message>
        <source>Nashville numbers</source>
        <translation>Nashville-Zahlen</translation>
    </message>
    <message>
        <source>Transpose</source>
        <translation>Transponieren</translation>
    </message>
    <message>
        <source>A semitone up</source>
        <translation>Einen Halbton höher</translation>
    </message>
    <message>
        <source>A semitone down</source>
        <translation>Einen Halbton tiefer</translation>
    </message>
    <message>
        <source>Capo</source>
        <translation>Kapodaster</translation>
    </message>
    <message>
        <source>Sharps or flats</source>
        <translation>Kreuze oder B-Vorzeichen</translation>
    </message>
    <message>
        <source>As the key writes them</source>
        <translation>Wie die Tonart sie schreibt</translation>
    </message>
    <message>
        <source>Sharps</source>
        <translation>Kreuze</translation>
    </message>
    <message>
        <source>Flats</source>
        <translation>B-Vorzeichen</translation>
    </message>
    <message>
        <source>Guitar shapes</source>
        <translation>Gitarrengriffe</translation>
    </message>
    <message>
        <source>Larger type</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller type</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Usual type</source>
        <translation>Übliche Schrift</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>Wie aufgenommen</translation>
    </message>
    <message>
        <source>Fret {n}</source>
        <translation>Bund {n}</translation>
    </message>
    <message>
        <source>No capo</source>
        <translation>Kein Kapodaster</translation>
    </message>
    <message>
        <source>{place}: play in {key}</source>
        <translation>{place}: in {key} spielen</translation>
    </message>
</context>
<context>
    <name>ChartView</name>
    <message>
        <source>Chord chart</source>
        <translation>Akkordblatt</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>{song} waits to be analysed. Open it when that is done.</source>
        <translation>{song} wartet auf die Analyse. Danach lässt es sich öffnen.</translation>
    </message>
    <message>
        <source>{song} is being analysed. Open it when that is done.</source>
        <translation>{song} wird gerade analysiert. Danach lässt es sich öffnen.</translation>
    </message>
    <message>
        <source>The analysis of {song} was cancelled. Retry it to open the song.</source>
        <translation>Die Analyse von {song} wurde abgebrochen. Erneut versuchen, um das Stück zu öffnen.</translation>
    </message>
    <message>
        <source>The analysis ended without saying why. Try again.</source>
        <translation>Die Analyse endete, ohne zu sagen warum. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Problem melden …</translation>
    </message>
    <message>
        <source>The folder {folder} is gone, or its disk is not there.</source>
        <translation>Der Ordner {folder} ist weg, oder sein Laufwerk ist nicht da.</translation>
    </message>
    <message>
        <source>No file manager could be started.</source>
        <translation>Es ließ sich keine Dateiverwaltung starten.</translation>
    </message>
    <message>
        <source>The Song Map cannot be read ({reason}). Analyse the song again.</source>
        <translation>Die Song Map kann nicht gelesen werden ({reason}). Den Song noch einmal analysieren.</translation>
    </message>
    <message>
        <source>{song} is next.</source>
        <translation>{song} kommt als Nächstes.</translation>
    </message>
    <message numerus="yes">
        <source>These %Ln songs are next.</source>
        <translation>
            <numerusform>Dieser %Ln Song kommt als Nächstes.</numerusform>
            <numerusform>Diese %Ln Songs kommen als Nächstes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted 1 song.</source>
        <translation>1 Song gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln songs.</source>
        <translation>
            <numerusform>%Ln Song gelöscht.</numerusform>
            <numerusform>%Ln Songs gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>1 song is back.</source>
        <translation>1 Song ist zurück.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are back.</source>
        <translation>
            <numerusform>%Ln Song ist zurück.</numerusform>
            <numerusform>%Ln Songs sind zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something went wrong that nobody foresaw. Your songs are safe.</source>
        <translation>Etwas ging schief, womit niemand gerechnet hat. Die Songs sind sicher.</translation>
    </message>
</context>
<context>
    <name>CorrectMenu</name>
    <message>
        <source>Tempo half as fast</source>
        <translation>Tempo halb so schnell</translation>
    </message>
    <message>
        <source>Tempo twice as fast</source>
        <translation>Tempo doppelt so schnell</translation>
    </message>
    <message>
        <source>Beats half a beat later</source>
        <translation>Schläge einen halben Schlag später</translation>
    </message>
    <message>
        <source>Bars begin one beat later</source>
        <translation>Takte beginnen einen Schlag später</translation>
    </message>
    <message>
        <source>Bars begin one beat earlier</source>
        <translation>Takte beginnen einen Schlag früher</translation>
    </message>
    <message>
        <source>Chords of a bar…</source>
        <translation>Akkorde eines Takts …</translation>
    </message>
    <message>
        <source>Title and artist…</source>
        <translation>Titel und Interpret …</translation>
    </message>
    <message>
        <source>Show what was detected</source>
        <translation>Zeigen, was erkannt wurde</translation>
    </message>
    <message>
        <source>Remove all corrections</source>
        <translation>Alle Korrekturen entfernen</translation>
    </message>
    <message>
        <source>removing all corrections</source>
        <translation>Entfernen aller Korrekturen</translation>
    </message>
    <message>
        <source>tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>beats</source>
        <translation>Schläge</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>Takte</translation>
    </message>
    <message>
        <source>meter</source>
        <translation>Taktart</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>section</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>At the playhead</source>
        <translation>An der Abspielposition</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Taktart</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>Dur</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Moll</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>And all like it</source>
        <translation>Und alle gleichen</translation>
    </message>
</context>
<context>
    <name>Correcting</name>
    <message>
        <source>The corrections could not be saved ({reason}). Free some space, and correct again.</source>
        <translation>Die Korrekturen konnten nicht gespeichert werden ({reason}). Platz schaffen und noch einmal korrigieren.</translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>The backup {path} could not be written. Free some space, or choose another place.</source>
        <translation>Die Sicherung {path} konnte nicht geschrieben werden. Platz schaffen oder einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>The job database refused something that it should have taken. This is a mistake in the program: please report it with the details.</source>
        <translation>Die Song-Datenbank hat etwas abgelehnt, das sie hätte annehmen sollen. Das ist ein Fehler im Programm: bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>Another program is using the job database {path}. Close it there; the work goes on by itself as soon as the database is free.</source>
        <translation>Ein anderes Programm benutzt die Song-Datenbank {path}. Dort schließen; sobald die Datenbank frei ist, geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>The disk with the job database {path} is full. Free some space; the work goes on by itself.</source>
        <translation>Das Laufwerk mit der Song-Datenbank {path} ist voll. Platz schaffen; dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>The disk with the job database {path} cannot be read or written. Check that it is connected; the work goes on by itself.</source>
        <translation>Das Laufwerk mit der Song-Datenbank {path} kann nicht gelesen oder beschrieben werden. Prüfen, ob es angeschlossen ist; dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>The job database {path} may not be written. Allow writing to the file and its folder; the work goes on by itself.</source>
        <translation>Die Song-Datenbank {path} darf nicht beschrieben werden. Das Schreiben in die Datei und ihren Ordner erlauben; dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>There is not enough memory for the job database. Close other programs; the work goes on.</source>
        <translation>Für die Song-Datenbank reicht der Arbeitsspeicher nicht. Andere Programme schließen; dann geht es weiter.</translation>
    </message>
    <message>
        <source>The job database {path} cannot be opened. Check that its folder exists and is yours, or choose another place with --db or --data-dir.</source>
        <translation>Die Song-Datenbank {path} lässt sich nicht öffnen. Prüfen, ob es ihren Ordner gibt und er dem eigenen Konto gehört, oder mit --db oder --data-dir einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>{path} is not a job database. Move it away, or choose another place with --db.</source>
        <translation>{path} ist keine Song-Datenbank. Die Datei woandershin legen oder mit --db einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>The job database {path} is damaged. Start the window to have it set aside, or restore a backup.</source>
        <translation>Die Song-Datenbank {path} ist beschädigt. Das Fenster starten, um sie beiseitezulegen, oder eine Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>The job database {path} was written by a newer version of Performia Desktop and was left untouched. Update the program, or choose another place with --db.</source>
        <translation>Die Song-Datenbank {path} stammt von einer neueren Version von Performia Desktop und blieb unberührt. Das Programm aktualisieren oder mit --db einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>The job database {path} was written by an older version. Start the window once: it upgrades the database, after a backup.</source>
        <translation>Die Song-Datenbank {path} stammt von einer älteren Version. Das Fenster einmal starten: es bringt sie nach einer Sicherung auf den neuen Stand.</translation>
    </message>
    <message>
        <source>{path} is the database of another program and was left untouched. Choose another place with --db.</source>
        <translation>{path} ist die Datenbank eines anderen Programms und blieb unberührt. Mit --db einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>The job database is on a network drive ({kind}), so it is written in a safer, slower way; let only one computer use it at a time.</source>
        <translation>Die Song-Datenbank liegt auf einem Netzlaufwerk ({kind}) und wird deshalb sicherer und langsamer geschrieben; immer nur einen Computer damit arbeiten lassen.</translation>
    </message>
    <message>
        <source>There was no job database at {path}, and a new one was started. The old jobs can be brought back from the backup of {date} with File &gt; Database &gt; Restore.</source>
        <translation>Unter {path} war keine Song-Datenbank, und eine neue wurde begonnen. Die alten Songs kommen mit Datei &gt; Datenbank &gt; Wiederherstellen aus der Sicherung vom {date} zurück.</translation>
    </message>
    <message>
        <source>The job database could not be made smaller, and nothing has changed. See that its disk has room and that no other program uses it, then try again.</source>
        <translation>Die Song-Datenbank konnte nicht verkleinert werden, und nichts hat sich geändert. Für Platz auf dem Laufwerk sorgen und dafür, dass kein anderes Programm sie benutzt; dann noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Beat here</source>
        <translation>Schlag hier</translation>
    </message>
    <message>
        <source>Section begins here</source>
        <translation>Hier beginnt ein Teil</translation>
    </message>
    <message>
        <source>Another chord from here…</source>
        <translation>Ab hier ein anderer Akkord …</translation>
    </message>
    <message>
        <source>Note here</source>
        <translation>Ton hier</translation>
    </message>
    <message>
        <source>Words here…</source>
        <translation>Text hier …</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Join with what is before</source>
        <translation>Mit dem Vorigen verbinden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>The chord is right</source>
        <translation>Der Akkord stimmt</translation>
    </message>
    <message>
        <source>All beats a little earlier</source>
        <translation>Alle Schläge etwas früher</translation>
    </message>
    <message>
        <source>All beats a little later</source>
        <translation>Alle Schläge etwas später</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export into</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Wrote {name}.</source>
        <translation>{name} geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>Wrote %Ln files.</source>
        <translation>
            <numerusform>%Ln Datei geschrieben.</numerusform>
            <numerusform>%Ln Dateien geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs could not be written.</source>
        <translation>
            <numerusform>%Ln Song konnte nicht geschrieben werden.</numerusform>
            <numerusform>%Ln Songs konnten nicht geschrieben werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation>Sie liegt in {folder}</translation>
    </message>
    <message>
        <source>Its Song Map cannot be read. Analyse the song again.</source>
        <translation>Die Song Map kann nicht gelesen werden. Den Song noch einmal analysieren.</translation>
    </message>
    <message>
        <source>It cannot be written ({reason}). Choose another folder.</source>
        <translation>Das Schreiben ging nicht ({reason}). Einen anderen Ordner wählen.</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Taktart</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>{key}, capo {n}</source>
        <translation>{key}, Kapo {n}</translation>
    </message>
    <message>
        <source>Played in</source>
        <translation>Gespielt in</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
</context>
<context>
    <name>Housekeeping</name>
    <message>
        <source>A backup is being restored.</source>
        <translation>Eine Sicherung wird wiederhergestellt.</translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Close this line</source>
        <translation>Diese Zeile schließen</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>No songs yet</source>
        <translation>Noch keine Songs</translation>
    </message>
    <message>
        <source>Drop songs or folders here</source>
        <translation>Songs oder Ordner hier ablegen</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Choose audio files to analyse</source>
        <translation>Audiodateien zum Analysieren auswählen</translation>
    </message>
    <message>
        <source>WAV, FLAC, MP3, M4A, OGG, Opus, AIFF, WMA. Playlists too.</source>
        <translation>WAV, FLAC, MP3, M4A, OGG, Opus, AIFF, WMA. Auch Playlists.</translation>
    </message>
    <message>
        <source>Everything happens on this computer. Nothing is uploaded.</source>
        <translation>Alles geschieht auf diesem Computer. Nichts wird hochgeladen.</translation>
    </message>
</context>
<context>
    <name>JobTable</name>
    <message>
        <source>Songs</source>
        <translation>Songs</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>Übliche Spalten</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>Performia songs {date}.db</source>
        <translation>Performia-Songs {date}.db</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>Sichern nach</translation>
    </message>
    <message>
        <source>Job databases</source>
        <translation>Song-Datenbanken</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>The list is backed up.</source>
        <translation>Die Liste ist gesichert.</translation>
    </message>
    <message>
        <source>The backup is back, with 1 song.</source>
        <translation>Die Sicherung ist zurück, mit 1 Song.</translation>
    </message>
    <message numerus="yes">
        <source>The backup is back, with %Ln songs.</source>
        <translation>
            <numerusform>Die Sicherung ist zurück, mit %Ln Song.</numerusform>
            <numerusform>Die Sicherung ist zurück, mit %Ln Songs.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 song added since then is in Recently deleted.</source>
        <translation>1 seither hinzugefügter Song ist unter „Zuletzt gelöscht“.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs added since then are in Recently deleted.</source>
        <translation>
            <numerusform>%Ln seither hinzugefügter Song ist unter „Zuletzt gelöscht“.</numerusform>
            <numerusform>%Ln seither hinzugefügte Songs sind unter „Zuletzt gelöscht“.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation>Sie liegt in {folder}</translation>
    </message>
    <message>
        <source>1 old song was deleted.</source>
        <translation>1 alter Song wurde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln old songs were deleted.</source>
        <translation>
            <numerusform>%Ln alter Song wurde gelöscht.</numerusform>
            <numerusform>%Ln alte Songs wurden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The database is {size} smaller now.</source>
        <translation>Die Datenbank ist jetzt {size} kleiner.</translation>
    </message>
    <message>
        <source>The database is as small as it can be.</source>
        <translation>Die Datenbank ist so klein wie möglich.</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>the list cannot be opened</source>
        <translation>die Liste lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>opening the list</source>
        <translation>die Liste wird geöffnet</translation>
    </message>
    <message>
        <source>looking at what you added</source>
        <translation>Hinzugefügtes wird angesehen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Performia ended unexpectedly the last time. Your songs are safe.</source>
        <translation>Performia endete beim letzten Mal unerwartet. Die Songs sind sicher.</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Problem melden …</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>{song} is analysed.</source>
        <translation>{song} ist analysiert.</translation>
    </message>
    <message>
        <source>1 song is analysed.</source>
        <translation>1 Song ist analysiert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are analysed.</source>
        <translation>
            <numerusform>%Ln Song ist analysiert.</numerusform>
            <numerusform>%Ln Songs sind analysiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 failed.</source>
        <translation>1 fehlgeschlagen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen.</numerusform>
            <numerusform>%Ln fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The queue is done</source>
        <translation>Die Warteschlange ist fertig</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>No song fits the search</source>
        <translation>Kein Song passt zur Suche</translation>
    </message>
    <message>
        <source>Show all songs</source>
        <translation>Alle Songs zeigen</translation>
    </message>
    <message>
        <source>Empty the search box and show every status</source>
        <translation>Das Suchfeld leeren und jeden Status zeigen</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Sections</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Click to hear it from there; drag to move what is shown below</source>
        <translation>Klicken: von dort hören; ziehen: den Ausschnitt darunter verschieben</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The sound device cannot be opened. The song goes on in silence.</source>
        <translation>Das Audiogerät lässt sich nicht öffnen. Der Song läuft stumm weiter.</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>Print {song}</source>
        <translation>{song} drucken</translation>
    </message>
</context>
<context>
    <name>Rescue</name>
    <message>
        <source>The job database was damaged; {n} of its jobs came back.</source>
        <translation>Die Song-Datenbank war beschädigt; {n} ihrer Songs sind zurück.</translation>
    </message>
    <message>
        <source>The old file was kept as {old}.</source>
        <translation>Die alte Datei wurde als {old} aufgehoben.</translation>
    </message>
    <message>
        <source>The job database was damaged or not a database, and no job could be read from it. It was kept as {old}, and a new, empty one was started.</source>
        <translation>Die Song-Datenbank war beschädigt oder keine Datenbank, und kein Song ließ sich daraus lesen. Sie wurde als {old} aufgehoben, und eine neue, leere wurde begonnen.</translation>
    </message>
    <message>
        <source>{n} from the backup of {date}</source>
        <translation>{n} aus der Sicherung vom {date}</translation>
    </message>
    <message>
        <source>{n} from their Song Maps</source>
        <translation>{n} aus ihren Song Maps</translation>
    </message>
    <message>
        <source>The newest changes to the job database were lost; {n} jobs are there{how}</source>
        <translation>Die neuesten Änderungen der Song-Datenbank gingen verloren; {n} Songs sind da{how}</translation>
    </message>
    <message>
        <source>The job database was damaged; {n} of its jobs came back{how}</source>
        <translation>Die Song-Datenbank war beschädigt; {n} ihrer Songs sind zurück{how}</translation>
    </message>
    <message>
        <source>, {n} could not be read</source>
        <translation>, {n} ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>, others may be missing</source>
        <translation>, andere fehlen vielleicht</translation>
    </message>
</context>
<context>
    <name>Restore</name>
    <message>
        <source>The backup {path} could not be restored, and nothing has changed. See that the disk has room and that no other program uses the job database, then try again.</source>
        <translation>Die Sicherung {path} konnte nicht wiederhergestellt werden, und nichts hat sich geändert. Für Platz auf dem Laufwerk sorgen und dafür, dass kein anderes Programm die Song-Datenbank benutzt; dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>There is no backup {path}. Choose another file.</source>
        <translation>Es gibt keine Sicherung {path}. Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{path} is the job database itself. Choose one of its backups.</source>
        <translation>{path} ist die Song-Datenbank selbst. Eine ihrer Sicherungen wählen.</translation>
    </message>
    <message>
        <source>The backup {path} was written by a newer version of Performia Desktop. Update the program, then restore it.</source>
        <translation>Die Sicherung {path} stammt von einer neueren Version von Performia Desktop. Das Programm aktualisieren, dann wiederherstellen.</translation>
    </message>
    <message>
        <source>The backup {path} cannot be read. Check that the file is yours, then try again.</source>
        <translation>Die Sicherung {path} kann nicht gelesen werden. Prüfen, ob die Datei dem eigenen Konto gehört, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The backup {path} is damaged, so nothing was restored. Choose another one.</source>
        <translation>Die Sicherung {path} ist beschädigt; nichts wurde wiederhergestellt. Eine andere wählen.</translation>
    </message>
    <message>
        <source>{path} is not a backup of the job database. Choose another file.</source>
        <translation>{path} ist keine Sicherung der Song-Datenbank. Eine andere Datei wählen.</translation>
    </message>
</context>
<context>
    <name>SongWindow</name>
    <message>
        <source>Correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>Put right what was heard wrong</source>
        <translation>Richtigstellen, was falsch gehört wurde</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Akkordblatt</translation>
    </message>
    <message>
        <source>Key, capo, names and size of the chart; copy it</source>
        <translation>Tonart, Kapodaster, Namen und Größe des Akkordblatts; kopieren</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Stage view</source>
        <translation>Bühnenansicht</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Bühne</translation>
    </message>
    <message>
        <source>The chart on the whole screen, to play from (F11)</source>
        <translation>Das Akkordblatt auf dem ganzen Bildschirm, zum Spielen (F11)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>chords</source>
        <translation>Akkorde</translation>
    </message>
    <message>
        <source>names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>This is what was detected; your corrections are kept.</source>
        <translation>Das ist, was erkannt wurde; die Korrekturen bleiben erhalten.</translation>
    </message>
    <message>
        <source>1 correction</source>
        <translation>1 Korrektur</translation>
    </message>
    <message numerus="yes">
        <source>%Ln corrections</source>
        <translation>
            <numerusform>%Ln Korrektur</numerusform>
            <numerusform>%Ln Korrekturen</numerusform>
        </translation>
    </message>
    <message>
        <source>{key} closes the window. Your corrections are kept; they can only be undone until then.</source>
        <translation>{key} schließt das Fenster. Die Korrekturen bleiben; rückgängig machen lassen sie sich nur bis dahin.</translation>
    </message>
</context>
<context>
    <name>SoundButton</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Volume of the song and of the metronome; count-in</source>
        <translation>Lautstärke von Song und Metronom; Einzähler</translation>
    </message>
    <message>
        <source>Count a bar in</source>
        <translation>Einen Takt einzählen</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>Song</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Metronom</translation>
    </message>
</context>
<context>
    <name>SpotMenu</name>
    <message>
        <source>A bar begins here</source>
        <translation>Hier beginnt ein Takt</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>Takte</translation>
    </message>
    <message>
        <source>Call it</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Call it and all like it</source>
        <translation>Diesen und alle gleichen benennen</translation>
    </message>
    <message>
        <source>section</source>
        <translation>Teil</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Stage view</source>
        <translation>Bühnenansicht</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>No songs</source>
        <translation>Keine Songs</translation>
    </message>
    <message>
        <source>1 complete</source>
        <translation>1 fertig</translation>
    </message>
    <message numerus="yes">
        <source>%Ln complete</source>
        <translation>
            <numerusform>%Ln fertig</numerusform>
            <numerusform>%Ln fertig</numerusform>
        </translation>
    </message>
    <message>
        <source>1 working</source>
        <translation>1 in Arbeit</translation>
    </message>
    <message numerus="yes">
        <source>%Ln working</source>
        <translation>
            <numerusform>%Ln in Arbeit</numerusform>
            <numerusform>%Ln in Arbeit</numerusform>
        </translation>
    </message>
    <message>
        <source>1 waiting</source>
        <translation>1 wartet</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln wartet</numerusform>
            <numerusform>%Ln warten</numerusform>
        </translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message numerus="yes">
        <source>%Ln errors</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>1 cancelled</source>
        <translation>1 abgebrochen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln abgebrochen</numerusform>
            <numerusform>%Ln abgebrochen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 Song</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln Song</numerusform>
            <numerusform>%Ln Songs</numerusform>
        </translation>
    </message>
    <message>
        <source>The job database: {path}</source>
        <translation>Die Song-Datenbank: {path}</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>See more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>See less, larger</source>
        <translation>Größer zeigen</translation>
    </message>
    <message>
        <source>Whole song</source>
        <translation>Ganzer Song</translation>
    </message>
    <message>
        <source>This section</source>
        <translation>Dieser Teil</translation>
    </message>
    <message>
        <source>Follow the song</source>
        <translation>Dem Song folgen</translation>
    </message>
    <message>
        <source>Next place to look twice</source>
        <translation>Nächste unsichere Stelle</translation>
    </message>
    <message>
        <source>Place to look twice before</source>
        <translation>Vorige unsichere Stelle</translation>
    </message>
    <message>
        <source>Chords here: {percent} % sure</source>
        <translation>Akkorde hier: {percent} % sicher</translation>
    </message>
    <message>
        <source>Section here: {percent} % sure</source>
        <translation>Teil hier: {percent} % sicher</translation>
    </message>
    <message>
        <source>The analysis is in doubt about nothing here.</source>
        <translation>Hier ist sich die Analyse überall sicher.</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search songs</source>
        <translation>Songs suchen</translation>
    </message>
    <message>
        <source>Search title, artist and file name</source>
        <translation>Titel, Interpret und Dateiname durchsuchen</translation>
    </message>
    <message>
        <source>Show only songs of one status</source>
        <translation>Nur Songs mit einem Status zeigen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>All songs</source>
        <translation>Alle Songs</translation>
    </message>
    <message>
        <source>Status shown: {status}</source>
        <translation>Gezeigter Status: {status}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Slower, at the same pitch (Ctrl+Down, Ctrl+Up)</source>
        <translation>Langsamer, bei gleicher Tonhöhe (Strg+Ab, Strg+Auf)</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Metronom</translation>
    </message>
    <message>
        <source>Tick on the beats (K)</source>
        <translation>Auf den Schlägen ticken (K)</translation>
    </message>
    <message>
        <source>Repeat the section</source>
        <translation>Den Teil wiederholen</translation>
    </message>
    <message>
        <source>Getting the audio ready…</source>
        <translation>Das Audio wird vorbereitet …</translation>
    </message>
    <message>
        <source>The audio cannot be played ({reason}).</source>
        <translation>Das Audio kann nicht abgespielt werden ({reason}).</translation>
    </message>
    <message>
        <source>There is no sound device. The chart follows in silence.</source>
        <translation>Es gibt kein Tongerät. Das Akkordblatt läuft stumm mit.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Repeat bar {first}</source>
        <translation>Takt {first} wiederholen</translation>
    </message>
    <message>
        <source>Repeat bars {first} to {last}</source>
        <translation>Takte {first} bis {last} wiederholen</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>Unforeseen</name>
    <message>
        <source>Something went wrong that nobody foresaw. Your songs are safe.</source>
        <translation>Etwas ging schief, womit niemand gerechnet hat. Die Songs sind sicher.</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>About Performia Desktop</source>
        <translation>Über Performia Desktop</translation>
    </message>
    <message>
        <source>The program&apos;s icon</source>
        <translation>Das Symbol des Programms</translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation>Version {version}, Qt {qt}</translation>
    </message>
    <message>
        <source>Drop songs on the window, get their Song Maps. Everything happens on this computer.</source>
        <translation>Songs auf dem Fenster ablegen, Song Maps bekommen. Alles geschieht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. It is made with the programs below, each under its own.</source>
        <translation>Freie Software unter der MIT-Lizenz. Sie ist mit den Programmen unten gemacht, jedes unter seiner eigenen.</translation>
    </message>
    <message>
        <source>Reading the licences…</source>
        <translation>Die Lizenzen werden gelesen …</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Your data: {folder}</source>
        <translation>Daten: {folder}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The disk with {folder} is full. Free some space, or choose another with --data-dir.</source>
        <translation>Das Laufwerk mit {folder} ist voll. Platz schaffen oder mit --data-dir ein anderes wählen.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written ({reason}). Choose another with --data-dir.</source>
        <translation>Der Ordner {folder} kann nicht beschrieben werden ({reason}). Mit --data-dir einen anderen wählen.</translation>
    </message>
    <message>
        <source>It does not answer; end it, then start again.</source>
        <translation>Es antwortet nicht; beenden und neu starten.</translation>
    </message>
    <message>
        <source>Performia Desktop is running already. {reason}</source>
        <translation>Performia Desktop läuft schon. {reason}</translation>
    </message>
</context>
<context>
    <name>chart</name>
    <message>
        <source>N.C.</source>
        <translation>N.C.</translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>Song</source>
        <translation>Song</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>BPM</source>
        <translation>BPM</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Title and artist</source>
        <translation>Titel und Interpret</translation>
    </message>
    <message>
        <source>What happens to the song now</source>
        <translation>Was gerade mit dem Song geschieht</translation>
    </message>
    <message>
        <source>How much of the song is analysed</source>
        <translation>Wie viel vom Song analysiert ist</translation>
    </message>
    <message>
        <source>Tempo in beats per minute</source>
        <translation>Tempo in Schlägen pro Minute</translation>
    </message>
    <message>
        <source>The key that sounds longest</source>
        <translation>Die Tonart, die am längsten klingt</translation>
    </message>
    <message>
        <source>How long the song is</source>
        <translation>Wie lang der Song ist</translation>
    </message>
    <message>
        <source>Time left while a song is analysed, time taken afterwards</source>
        <translation>Restzeit, solange ein Song analysiert wird, danach die gebrauchte Zeit</translation>
    </message>
    <message>
        <source>When the song was added</source>
        <translation>Wann der Song hinzugefügt wurde</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>in {time}</translation>
    </message>
    <message>
        <source>{title} by {artist}</source>
        <translation>{title} von {artist}</translation>
    </message>
    <message>
        <source>{tempo} beats per minute</source>
        <translation>{tempo} Schläge pro Minute</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>b</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>Kreuz</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
</context>
<context>
    <name>correct</name>
    <message>
        <source>Chords of a bar</source>
        <translation>Akkorde eines Takts</translation>
    </message>
    <message>
        <source>One chord for each beat, or fewer that share the bar evenly. A dot goes on, N.C. is none.</source>
        <translation>Ein Akkord je Schlag, oder weniger, die sich den Takt gleichmäßig teilen. Ein Punkt hält aus, N.C. heißt keiner.</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Richtigstellen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>&amp;Bar:</source>
        <translation>&amp;Takt:</translation>
    </message>
    <message>
        <source>&amp;Chords:</source>
        <translation>&amp;Akkorde:</translation>
    </message>
    <message>
        <source>Also where this section comes again</source>
        <translation>Auch dort, wo dieser Teil wiederkommt</translation>
    </message>
    <message>
        <source>Type {n} chords for this bar, or fewer that share its beats evenly.</source>
        <translation>Für diesen Takt {n} Akkorde eingeben, oder weniger, die sich die Schläge gleichmäßig teilen.</translation>
    </message>
    <message>
        <source>{word} is no chord that is known here. Write it like Am7, F#dim, G/B.</source>
        <translation>{word} ist hier kein bekannter Akkord. So schreiben: Am7, F#dim, G/B.</translation>
    </message>
    <message>
        <source>Title and artist</source>
        <translation>Titel und Interpret</translation>
    </message>
    <message>
        <source>As they stand on charts and in exports. The audio file keeps its own.</source>
        <translation>So stehen sie auf Akkordblättern und in Exporten. Die Audiodatei behält ihre eigenen.</translation>
    </message>
    <message>
        <source>&amp;Title:</source>
        <translation>&amp;Titel:</translation>
    </message>
    <message>
        <source>&amp;Artist:</source>
        <translation>&amp;Interpret:</translation>
    </message>
    <message>
        <source>Chord</source>
        <translation>Akkord</translation>
    </message>
    <message>
        <source>From {start} to {end}. Write it like Am7, F#dim, G/B; N.C. is none.</source>
        <translation>Von {start} bis {end}. So schreiben: Am7, F#dim, G/B; N.C. ist keiner.</translation>
    </message>
    <message>
        <source>&amp;Chord:</source>
        <translation>&amp;Akkord:</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Sung from {start} to {end}. Without any, the line goes.</source>
        <translation>Gesungen von {start} bis {end}. Ohne Text verschwindet die Zeile.</translation>
    </message>
    <message>
        <source>&amp;Words:</source>
        <translation>&amp;Text:</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Delete {song}?</source>
        <translation>{song} löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln jobs from the list?</source>
        <translation>
            <numerusform>%Ln Song aus der Liste löschen?</numerusform>
            <numerusform>%Ln Songs aus der Liste löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The audio stays where it is.</source>
        <translation>Die Aufnahme bleibt, wo sie ist.</translation>
    </message>
    <message>
        <source>What is being analysed stops.</source>
        <translation>Was gerade analysiert wird, hält an.</translation>
    </message>
    <message>
        <source>What you delete can be brought back for 30 days.</source>
        <translation>Gelöschtes lässt sich 30 Tage lang zurückholen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln jobs</source>
        <translation>
            <numerusform>%Ln Song löschen</numerusform>
            <numerusform>%Ln Songs löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Delete the Song Map too</source>
        <translation>Auch die Song Map löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln Song Maps too</source>
        <translation>
            <numerusform>Auch %Ln Song Map löschen</numerusform>
            <numerusform>Auch %Ln Song Maps löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>The Song Map is the result of the analysis, without the audio</source>
        <translation>Die Song Map ist das Ergebnis der Analyse, ohne die Aufnahme</translation>
    </message>
    <message>
        <source>Clean up the list</source>
        <translation>Die Liste aufräumen</translation>
    </message>
    <message>
        <source>Finished songs go from the list with their Song Maps. Waiting and running ones stay, and so does all audio. What you delete can be brought back for 30 days.</source>
        <translation>Fertige Songs verschwinden mit ihren Song Maps aus der Liste. Wartende und laufende bleiben, und alle Aufnahmen auch. Gelöschtes lässt sich 30 Tage lang zurückholen.</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Finished more than</source>
        <translation>Fertig seit mehr als</translation>
    </message>
    <message>
        <source>Age in days</source>
        <translation>Alter in Tagen</translation>
    </message>
    <message>
        <source>How many days ago a song must have been finished</source>
        <translation>Vor wie vielen Tagen ein Song fertig geworden sein muss</translation>
    </message>
    <message>
        <source>days ago</source>
        <translation>Tagen</translation>
    </message>
    <message>
        <source>1 song would go.</source>
        <translation>1 Song würde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs would go.</source>
        <translation>
            <numerusform>%Ln Song würde gelöscht.</numerusform>
            <numerusform>%Ln Songs würden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>No song is that old.</source>
        <translation>Kein Song ist so alt.</translation>
    </message>
    <message>
        <source>Delete 1 song</source>
        <translation>1 Song löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln songs</source>
        <translation>
            <numerusform>%Ln Song löschen</numerusform>
            <numerusform>%Ln Songs löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>A song is being analysed</source>
        <translation>Ein Song wird gerade analysiert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are being analysed</source>
        <translation>
            <numerusform>%Ln Song wird gerade analysiert</numerusform>
            <numerusform>%Ln Songs werden gerade analysiert</numerusform>
        </translation>
    </message>
    <message>
        <source>If you quit now, the analysis goes on where it stopped when you start again.</source>
        <translation>Nach dem Beenden geht die Analyse beim nächsten Start dort weiter, wo sie angehalten hat.</translation>
    </message>
    <message>
        <source>1 more song waits.</source>
        <translation>1 weiterer Song wartet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more songs wait.</source>
        <translation>
            <numerusform>%Ln weiterer Song wartet.</numerusform>
            <numerusform>%Ln weitere Songs warten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Its disk may be full, or another program may be using it.</source>
        <translation>Vielleicht ist das Laufwerk voll, oder ein anderes Programm benutzt sie.</translation>
    </message>
    <message>
        <source>Put that right, and they are saved by themselves. If you quit now, they are lost, but no song is.</source>
        <translation>Ist das behoben, werden sie von selbst gespeichert. Beim Beenden jetzt gehen sie verloren, aber kein Song.</translation>
    </message>
    <message>
        <source>The last changes are not saved yet</source>
        <translation>Die letzten Änderungen sind noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>Ohne Speichern beenden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Performia cannot start</source>
        <translation>Performia kann nicht starten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the sentence and the details</source>
        <translation>Den Satz und die Details kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>drop</name>
    <message>
        <source>1 song</source>
        <translation>1 Song</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln Song</numerusform>
            <numerusform>%Ln Songs</numerusform>
        </translation>
    </message>
    <message>
        <source>1 folder</source>
        <translation>1 Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%Ln folders</source>
        <translation>
            <numerusform>%Ln Ordner</numerusform>
            <numerusform>%Ln Ordner</numerusform>
        </translation>
    </message>
    <message>
        <source>1 playlist</source>
        <translation>1 Playlist</translation>
    </message>
    <message numerus="yes">
        <source>%Ln playlists</source>
        <translation>
            <numerusform>%Ln Playlist</numerusform>
            <numerusform>%Ln Playlists</numerusform>
        </translation>
    </message>
    <message>
        <source>No songs here</source>
        <translation>Hier sind keine Songs</translation>
    </message>
    <message>
        <source>Add what is music in it</source>
        <translation>Hinzufügen, was darin Musik ist</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} und {last}</translation>
    </message>
    <message>
        <source>Add {what}</source>
        <translation>{what} hinzufügen</translation>
    </message>
</context>
<context>
    <name>edits</name>
    <message>
        <source>beat</source>
        <translation>Schlag</translation>
    </message>
    <message>
        <source>beats</source>
        <translation>Schläge</translation>
    </message>
    <message>
        <source>chord</source>
        <translation>Akkord</translation>
    </message>
    <message>
        <source>section</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>words</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Song Map, everything that was found (JSON)</source>
        <translation>Song Map, alles Gefundene (JSON)</translation>
    </message>
    <message>
        <source>Living Chart for the web (JSON)</source>
        <translation>Living Chart fürs Web (JSON)</translation>
    </message>
    <message>
        <source>Song sheet (ChordPro)</source>
        <translation>Songblatt (ChordPro)</translation>
    </message>
    <message>
        <source>Lyrics timed by line (LRC)</source>
        <translation>Text mit Zeiten je Zeile (LRC)</translation>
    </message>
    <message>
        <source>Lyrics timed by word (LRC)</source>
        <translation>Text mit Zeiten je Wort (LRC)</translation>
    </message>
    <message>
        <source>For a sequencer, in time with the audio (MIDI)</source>
        <translation>Für einen Sequencer, im Takt der Aufnahme (MIDI)</translation>
    </message>
    <message>
        <source>Lead sheet for a notation program (MusicXML)</source>
        <translation>Leadsheet für ein Notenprogramm (MusicXML)</translation>
    </message>
    <message>
        <source>For research (JAMS)</source>
        <translation>Für die Forschung (JAMS)</translation>
    </message>
    <message>
        <source>Label track for Audacity</source>
        <translation>Textspur für Audacity</translation>
    </message>
    <message>
        <source>Markers and regions for Reaper (CSV)</source>
        <translation>Marker und Regionen für Reaper (CSV)</translation>
    </message>
    <message>
        <source>Region layer for Sonic Visualiser (CSV)</source>
        <translation>Regionenebene für Sonic Visualiser (CSV)</translation>
    </message>
    <message>
        <source>Table for a spreadsheet (CSV)</source>
        <translation>Tabelle für eine Tabellenkalkulation (CSV)</translation>
    </message>
    <message>
        <source>Chord chart to print (PDF)</source>
        <translation>Akkordblatt zum Drucken (PDF)</translation>
    </message>
    <message>
        <source>Export the song</source>
        <translation>Den Song exportieren</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln songs</source>
        <translation>
            <numerusform>%Ln Song exportieren</numerusform>
            <numerusform>%Ln Songs exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>With your corrections. Files that are there already are kept.</source>
        <translation>Mit den Korrekturen. Vorhandene Dateien bleiben erhalten.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>semitones</source>
        <translation>Halbtöne</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Roman numerals</source>
        <translation>Römische Ziffern</translation>
    </message>
    <message>
        <source>Nashville numbers</source>
        <translation>Nashville-Ziffern</translation>
    </message>
    <message>
        <source>As the key writes them</source>
        <translation>Wie die Tonart sie schreibt</translation>
    </message>
    <message>
        <source>Sharps</source>
        <translation>Kreuze</translation>
    </message>
    <message>
        <source>Flats</source>
        <translation>B-Vorzeichen</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Format:</translation>
    </message>
    <message>
        <source>&amp;Transpose:</source>
        <translation>&amp;Transponieren:</translation>
    </message>
    <message>
        <source>&amp;Capo at fret:</source>
        <translation>&amp;Kapodaster im Bund:</translation>
    </message>
    <message>
        <source>C&amp;hords as:</source>
        <translation>Akkorde &amp;als:</translation>
    </message>
    <message>
        <source>&amp;Sharps or flats:</source>
        <translation>Kreu&amp;ze oder B-Vorzeichen:</translation>
    </message>
</context>
<context>
    <name>failures</name>
    <message>
        <source>This is a folder, not an audio file. Add the files in it instead.</source>
        <translation>Das ist ein Ordner, keine Audiodatei. Stattdessen die Dateien darin hinzufügen.</translation>
    </message>
    <message>
        <source>This is a pipe or a device, not an audio file. Save the sound to a file and add that.</source>
        <translation>Das ist eine Pipe oder ein Gerät, keine Audiodatei. Den Ton in eine Datei speichern und diese hinzufügen.</translation>
    </message>
    <message>
        <source>This file is empty (0 bytes). Copy it again from where it came from.</source>
        <translation>Diese Datei ist leer (0 Byte). Noch einmal von ihrer Quelle kopieren.</translation>
    </message>
    <message>
        <source>The file is not there any more. Put it back, or connect the disk it was on, and retry.</source>
        <translation>Die Datei ist nicht mehr da. Zurücklegen oder das Laufwerk anschließen, auf dem sie war, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The file cannot be found under this name. Rename it and add it again.</source>
        <translation>Unter diesem Namen ist die Datei nicht zu finden. Umbenennen und noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>The file could not be read to its end. Look whether its disk is still connected and sound, and retry.</source>
        <translation>Die Datei ließ sich nicht bis zum Ende lesen. Nachsehen, ob das Laufwerk noch angeschlossen und in Ordnung ist, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>You have no permission to read this file. Allow it in the file&apos;s properties and retry.</source>
        <translation>Diese Datei darf nicht gelesen werden. In ihren Eigenschaften erlauben und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>It is not known where this song&apos;s file is. Delete the job and add it again.</source>
        <translation>Es ist nicht bekannt, wo die Datei dieses Songs liegt. Den Song löschen und noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>There is no sound in this file. Copy or download it again, or check it in an audio player.</source>
        <translation>In dieser Datei ist kein Ton. Noch einmal kopieren oder herunterladen, oder in einem Audioplayer prüfen.</translation>
    </message>
    <message>
        <source>This file is damaged after {time} (it may not have been downloaded to the end). Copy or download it again and retry.</source>
        <translation>Diese Datei ist ab {time} beschädigt (vielleicht wurde sie nicht ganz heruntergeladen). Noch einmal kopieren oder herunterladen und erneut versuchen.</translation>
    </message>
    <message>
        <source>This recording is {length} hours long; the limit is {limit} hours. Cut it into parts and add those.</source>
        <translation>Diese Aufnahme ist {length} Stunden lang; mehr als {limit} Stunden gehen nicht. In Teile schneiden und diese hinzufügen.</translation>
    </message>
    <message>
        <source>This file says that it has {channels} channels of {rate} samples a second, which no recording has. It is damaged; copy or download it again and retry.</source>
        <translation>Diese Datei gibt {channels} Kanäle mit {rate} Abtastwerten pro Sekunde an, was keine Aufnahme hat. Sie ist beschädigt; noch einmal kopieren oder herunterladen und erneut versuchen.</translation>
    </message>
    <message>
        <source>This {kind} file is damaged (it may not have been downloaded to the end). Copy or download it again and retry.</source>
        <translation>Diese {kind}-Datei ist beschädigt (vielleicht wurde sie nicht ganz heruntergeladen). Noch einmal kopieren oder herunterladen und erneut versuchen.</translation>
    </message>
    <message>
        <source>There is no audio in this file that can be decoded. Check it in an audio player, or convert it to FLAC or WAV.</source>
        <translation>In dieser Datei ist kein Ton, der sich dekodieren lässt. In einem Audioplayer prüfen, oder in FLAC oder WAV umwandeln.</translation>
    </message>
    <message>
        <source>There is text in this file, not a recording. Add the recording itself.</source>
        <translation>In dieser Datei steht Text, keine Aufnahme. Die Aufnahme selbst hinzufügen.</translation>
    </message>
    <message>
        <source>There is a web page in this file, not a recording: the download failed, or it asked for a login. Download it again.</source>
        <translation>In dieser Datei ist eine Webseite, keine Aufnahme: Das Herunterladen schlug fehl oder verlangte eine Anmeldung. Noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>The audio file is not the one that was analysed. Put that back to see its waveform.</source>
        <translation>Die Audiodatei ist nicht die, die analysiert wurde. Diese zurücklegen, um ihre Wellenform zu sehen.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space and retry.</source>
        <translation>Das Laufwerk ist voll. Platz schaffen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The waveform could not be kept. Free some space, or check that the data folder can be written.</source>
        <translation>Die Wellenform konnte nicht aufgehoben werden. Platz schaffen oder prüfen, ob der Datenordner beschreibbar ist.</translation>
    </message>
    <message>
        <source>The results folder {folder} cannot be written. Allow it, or choose another data folder, and retry.</source>
        <translation>Der Ergebnisordner {folder} kann nicht beschrieben werden. Das erlauben oder einen anderen Ordner wählen, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The Song Map was written but is not there. Check the results folder, then retry.</source>
        <translation>Die Song Map wurde geschrieben, ist aber nicht da. Den Ergebnisordner prüfen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The Song Map of this job is gone. Retry the job to analyse the song again.</source>
        <translation>Die Song Map dieses Songs ist weg. Erneut versuchen, um ihn noch einmal zu analysieren.</translation>
    </message>
    <message>
        <source>There was not enough memory. Close other programs, or analyse fewer songs at once, and retry.</source>
        <translation>Der Arbeitsspeicher reichte nicht. Andere Programme schließen oder weniger Songs gleichzeitig analysieren, und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>There was not enough memory for this song. Close other programs or analyse fewer songs at once, then retry.</source>
        <translation>Für diesen Song reichte der Arbeitsspeicher nicht. Andere Programme schließen oder weniger Songs gleichzeitig analysieren, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The analysis was ended by the system, as happens when memory runs out. Close other programs or analyse fewer songs at once, then retry.</source>
        <translation>Das System hat die Analyse beendet, wie es bei knappem Arbeitsspeicher geschieht. Andere Programme schließen oder weniger Songs gleichzeitig analysieren, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The analysis could not be started ({reason}). Close other programs, or install Performia again; then retry.</source>
        <translation>Die Analyse ließ sich nicht starten ({reason}). Andere Programme schließen oder Performia neu installieren; dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The corrections in {path} cannot be read. Move the file away to begin anew.</source>
        <translation>Die Korrekturen in {path} können nicht gelesen werden. Die Datei woandershin legen, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>There is no sound in this file.</source>
        <translation>In dieser Datei ist kein Ton.</translation>
    </message>
    <message>
        <source>The audio could not be made ready. Free some space on the disk.</source>
        <translation>Die Aufnahme konnte nicht vorbereitet werden. Platz auf dem Laufwerk schaffen.</translation>
    </message>
    <message>
        <source>No beats were found in this song, so it cannot be written as bars.</source>
        <translation>In diesem Song wurden keine Schläge gefunden, deshalb lässt er sich nicht in Takten schreiben.</translation>
    </message>
    <message>
        <source>This song has no lyrics. Put an .lrc file of the same name beside the audio and analyse it again.</source>
        <translation>Dieser Song hat keinen Text. Eine .lrc-Datei mit demselben Namen neben die Aufnahme legen und noch einmal analysieren.</translation>
    </message>
    <message>
        <source>The corrections in {path} were made by a newer version of Performia Desktop. Update the program.</source>
        <translation>Die Korrekturen in {path} stammen von einer neueren Version von Performia Desktop. Das Programm aktualisieren.</translation>
    </message>
    <message>
        <source>The analysis of this song crashed ({what}). Retry; if it happens again, the file may be damaged: convert it to another format.</source>
        <translation>Die Analyse dieses Songs ist abgestürzt ({what}). Noch einmal versuchen; passiert es wieder, ist die Datei vielleicht beschädigt: in ein anderes Format umwandeln.</translation>
    </message>
    <message>
        <source>The analysis ended without an answer ({what}). Retry; if it happens again, please report it with the details.</source>
        <translation>Die Analyse endete ohne Antwort ({what}). Noch einmal versuchen; passiert es wieder, bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>The analysis of this song stood still and was ended. Retry; if it happens again, convert the file to another format.</source>
        <translation>Die Analyse dieses Songs stand still und wurde beendet. Noch einmal versuchen; passiert es wieder, die Datei in ein anderes Format umwandeln.</translation>
    </message>
    <message>
        <source>The analysis gave an answer that makes no sense. Retry; if it happens again, please report it with the details.</source>
        <translation>Die Analyse gab eine Antwort, die keinen Sinn ergibt. Noch einmal versuchen; passiert es wieder, bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>The analysis met a fault of its own. Retry; if it happens again, please report it with the details.</source>
        <translation>Die Analyse stieß auf einen eigenen Fehler. Noch einmal versuchen; passiert es wieder, bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>Something went wrong inside Performia ({what}). Retry, and please report it with the details.</source>
        <translation>In Performia ging etwas schief ({what}). Noch einmal versuchen, und bitte mit den Details melden.</translation>
    </message>
    <message>
        <source>This job had a state that is not known here: {word}. Retry it to analyse the song again.</source>
        <translation>Dieser Song hatte einen Zustand, der hier nicht bekannt ist: {word}. Erneut versuchen, um ihn noch einmal zu analysieren.</translation>
    </message>
</context>
<context>
    <name>found</name>
    <message>
        <source>The Song Map is gone. Analyse the song again to make a new one.</source>
        <translation>Die Song Map ist weg. Den Song noch einmal analysieren, um eine neue zu machen.</translation>
    </message>
    <message>
        <source>The Song Map cannot be read ({reason}). Analyse the song again.</source>
        <translation>Die Song Map kann nicht gelesen werden ({reason}). Den Song noch einmal analysieren.</translation>
    </message>
</context>
<context>
    <name>intake</name>
    <message>
        <source>It is on the internet. Download it first, then add the file.</source>
        <translation>Es liegt im Internet. Erst herunterladen, dann die Datei hinzufügen.</translation>
    </message>
    <message>
        <source>There are no songs in this folder.</source>
        <translation>In diesem Ordner sind keine Songs.</translation>
    </message>
    <message>
        <source>It is not a file but a device or a pipe.</source>
        <translation>Das ist keine Datei, sondern ein Gerät oder eine Pipe.</translation>
    </message>
    <message>
        <source>It is not a playlist that can be read. Save it anew as M3U8.</source>
        <translation>Das ist keine lesbare Playlist. Neu als M3U8 speichern.</translation>
    </message>
    <message>
        <source>This playlist names no songs.</source>
        <translation>Diese Playlist nennt keine Songs.</translation>
    </message>
    <message>
        <source>Its name has characters that cannot be read. Rename it, then add it again.</source>
        <translation>Der Name hat Zeichen, die sich nicht lesen lassen. Umbenennen, dann noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>A playlist inside a folder is not followed. Add it by itself.</source>
        <translation>Einer Playlist in einem Ordner wird nicht gefolgt. Einzeln hinzufügen.</translation>
    </message>
    <message>
        <source>It is not an audio file (.{extension}).</source>
        <translation>Das ist keine Audiodatei (.{extension}).</translation>
    </message>
    <message>
        <source>It is not an audio file.</source>
        <translation>Das ist keine Audiodatei.</translation>
    </message>
    <message>
        <source>It is not there. Check the name, and that its disk is connected.</source>
        <translation>Es ist nicht da. Den Namen prüfen, und ob das Laufwerk angeschlossen ist.</translation>
    </message>
    <message>
        <source>It may not be read. Change its permissions, then add it again.</source>
        <translation>Das Lesen ist nicht erlaubt. Die Rechte ändern, dann noch einmal hinzufügen.</translation>
    </message>
    <message>
        <source>It cannot be read ({reason}).</source>
        <translation>Das Lesen ging nicht ({reason}).</translation>
    </message>
    <message>
        <source>This is not a name that a file can have.</source>
        <translation>So kann keine Datei heißen.</translation>
    </message>
    <message>
        <source>It has the same content as {name}, which was added with it.</source>
        <translation>Der Inhalt ist derselbe wie von {name}, das zugleich hinzugefügt wurde.</translation>
    </message>
    <message>
        <source>Something went wrong inside Performia. Please report it with the details.</source>
        <translation>In Performia ging etwas schief. Bitte mit den Details melden.</translation>
    </message>
</context>
<context>
    <name>keeping</name>
    <message>
        <source>About the database</source>
        <translation>Über die Datenbank</translation>
    </message>
    <message>
        <source>Where:</source>
        <translation>Wo:</translation>
    </message>
    <message>
        <source>In the list:</source>
        <translation>In der Liste:</translation>
    </message>
    <message>
        <source>Recently deleted:</source>
        <translation>Zuletzt gelöscht:</translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 Song</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln Song</numerusform>
            <numerusform>%Ln Songs</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{size}, of which {free} are free</source>
        <translation>{size}, davon {free} frei</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>Größe:</translation>
    </message>
    <message>
        <source>Last backup:</source>
        <translation>Letzte Sicherung:</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>on a network drive ({kind}); let one computer use it at a time</source>
        <translation>auf einem Netzlaufwerk ({kind}); immer nur einen Computer damit arbeiten lassen</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>Hinweis:</translation>
    </message>
    <message>
        <source>Health:</source>
        <translation>Zustand:</translation>
    </message>
    <message>
        <source>being checked…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>It is damaged. Quit and start again: what can be read is brought back.</source>
        <translation>Sie ist beschädigt. Beenden und neu starten: was lesbar ist, kommt zurück.</translation>
    </message>
    <message>
        <source>It is sound.</source>
        <translation>Sie ist in Ordnung.</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>Song</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Noch da für</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>Zuletzt gelöscht</translation>
    </message>
    <message>
        <source>Delete all for good…</source>
        <translation>Alle endgültig löschen …</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Deleted songs are kept for 30 days with their Song Maps. The audio was never touched.</source>
        <translation>Gelöschte Songs bleiben mit ihren Song Maps 30 Tage erhalten. Die Aufnahmen wurden nie angerührt.</translation>
    </message>
    <message>
        <source>Nothing was deleted in the last 30 days.</source>
        <translation>In den letzten 30 Tagen wurde nichts gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>Bring %Ln back</source>
        <translation>
            <numerusform>%Ln zurückholen</numerusform>
            <numerusform>%Ln zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete 1 song for good?</source>
        <translation>1 Song endgültig löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln songs for good?</source>
        <translation>
            <numerusform>%Ln Song endgültig löschen?</numerusform>
            <numerusform>%Ln Songs endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>They cannot be brought back after that, nor their Song Maps. The audio stays.</source>
        <translation>Danach lassen sie sich nicht mehr zurückholen, auch ihre Song Maps nicht. Die Aufnahmen bleiben.</translation>
    </message>
    <message>
        <source>It frees {size}.</source>
        <translation>Das gibt {size} frei.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Deleted songs</source>
        <translation>Gelöschte Songs</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Songs at once:</source>
        <translation>&amp;Songs gleichzeitig:</translation>
    </message>
    <message>
        <source>More is faster, and leaves less of the computer to you.</source>
        <translation>Mehr geht schneller und lässt weniger vom Computer übrig.</translation>
    </message>
    <message>
        <source>Half of the computer&apos;s</source>
        <translation>Die Hälfte des Computers</translation>
    </message>
    <message>
        <source>&amp;Memory for a song:</source>
        <translation>&amp;Arbeitsspeicher je Song:</translation>
    </message>
    <message>
        <source>A song that needs more is given up, and the computer stays usable.</source>
        <translation>Ein Song, der mehr braucht, wird aufgegeben, und der Computer bleibt benutzbar.</translation>
    </message>
    <message>
        <source>Choose the folder of a model that recognises words</source>
        <translation>Den Ordner eines Modells wählen, das Wörter erkennt</translation>
    </message>
    <message>
        <source>Recognise no words</source>
        <translation>Keine Wörter erkennen</translation>
    </message>
    <message>
        <source>&amp;Words from singing:</source>
        <translation>&amp;Wörter aus dem Gesang:</translation>
    </message>
    <message>
        <source>With a Whisper model of yours (made for faster-whisper), where a song has no lyrics.</source>
        <translation>Mit einem eigenen Whisper-Modell (für faster-whisper gemacht), wo ein Lied keinen Text hat.</translation>
    </message>
    <message>
        <source>Recognising words needs another package, in an installation with Python: pip install &apos;performia-desktop[lyrics]&apos;</source>
        <translation>Zum Erkennen von Wörtern fehlt ein Paket, das es für eine Installation mit Python gibt: pip install &apos;performia-desktop[lyrics]&apos;</translation>
    </message>
    <message>
        <source>This folder holds no model for recognising words (%1 missing). Choose the folder of a Whisper model that was made for faster-whisper.</source>
        <translation>In diesem Ordner ist kein Modell, das Wörter erkennt (%1 fehlt). Wählen Sie den Ordner eines Whisper-Modells, das für faster-whisper gemacht ist.</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Choose the results folder</source>
        <translation>Den Ergebnisordner wählen</translation>
    </message>
    <message>
        <source>Write no copies</source>
        <translation>Keine Kopien schreiben</translation>
    </message>
    <message>
        <source>&amp;Results folder:</source>
        <translation>&amp;Ergebnisordner:</translation>
    </message>
    <message>
        <source>Every Song Map is also written there, under its song&apos;s name, with your corrections.</source>
        <translation>Jede Song Map wird auch dorthin geschrieben, unter dem Namen ihres Songs, mit den Korrekturen.</translation>
    </message>
    <message numerus="yes">
        <source>After %Ln days</source>
        <translation>
            <numerusform>Nach %Ln Tag</numerusform>
            <numerusform>Nach %Ln Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>&amp;Delete finished songs:</source>
        <translation>&amp;Fertige Songs löschen:</translation>
    </message>
    <message>
        <source>By itself, once a day. They can be brought back for 30 days; the audio stays.</source>
        <translation>Von selbst, einmal am Tag. Sie lassen sich 30 Tage lang zurückholen; die Aufnahmen bleiben.</translation>
    </message>
    <message>
        <source>&amp;Tell me when the queue is done</source>
        <translation>&amp;Melden, wenn die Warteschlange fertig ist</translation>
    </message>
    <message>
        <source>By a message of the desktop, if you are looking at something else.</source>
        <translation>Mit einer Meldung des Desktops, wenn gerade etwas anderes im Vordergrund ist.</translation>
    </message>
    <message>
        <source>Sound comes late &amp;by:</source>
        <translation>Ton kommt später &amp;um:</translation>
    </message>
    <message>
        <source>Songs dra&amp;gged out are:</source>
        <translation>Gezo&amp;gene Songs:</translation>
    </message>
    <message>
        <source>Raise it until the lit bar changes as you hear it: for wireless headphones, about 200 ms.</source>
        <translation>Erhöhen, bis der markierte Takt wechselt, sobald er zu hören ist: bei Funkkopfhörern etwa 200 ms.</translation>
    </message>
    <message>
        <source>What you get when you drag selected songs from the list to a folder or a program.</source>
        <translation>Was entsteht, wenn ausgewählte Songs aus der Liste in einen Ordner oder ein Programm gezogen werden.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>Far&amp;ben:</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>Sp&amp;rache:</translation>
    </message>
    <message>
        <source>From the next start of the program.</source>
        <translation>Ab dem nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The list becomes what it was when the backup was made. Songs added since then go to Recently deleted. The list as it is now is backed up first.</source>
        <translation>Die Liste wird, wie sie bei der Sicherung war. Seither hinzugefügte Songs kommen zu „Zuletzt gelöscht“. Die jetzige Liste wird vorher gesichert.</translation>
    </message>
    <message>
        <source>What is being analysed goes on afterwards.</source>
        <translation>Was gerade analysiert wird, geht danach weiter.</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Eine Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Keep the list</source>
        <translation>Die Liste behalten</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>Es gibt noch keine Sicherung.</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>Job databases</source>
        <translation>Song-Datenbanken</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>key</name>
    <message>
        <source>{tonic} major</source>
        <translation>{tonic}-Dur</translation>
    </message>
    <message>
        <source>{tonic} minor</source>
        <translation>{tonic}-Moll</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Song</source>
        <translation>&amp;Song</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Warteschlange</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>Da&amp;tenbank</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 Song</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln Song</numerusform>
            <numerusform>%Ln Songs</numerusform>
        </translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
</context>
<context>
    <name>print</name>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Tonart: {key}</translation>
    </message>
    <message>
        <source>Tempo: {n} BPM</source>
        <translation>Tempo: {n} BPM</translation>
    </message>
    <message>
        <source>Capo {n}, played in {key}</source>
        <translation>Kapo {n}, gespielt in {key}</translation>
    </message>
    <message>
        <source>Capo {n}</source>
        <translation>Kapo {n}</translation>
    </message>
    <message>
        <source>Page {n} of {all}</source>
        <translation>Seite {n} von {all}</translation>
    </message>
</context>
<context>
    <name>remote</name>
    <message>
        <source>The running program does not know this request. Quit it, and start the same version for both.</source>
        <translation>Das laufende Programm kennt diese Anfrage nicht. Es beenden und für beide dieselbe Version starten.</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Report a problem</source>
        <translation>Problem melden</translation>
    </message>
    <message>
        <source>This is everything in the report, and it stays on this computer. Read it, save it, and send it with a line on what you did when it happened.</source>
        <translation>Das ist der ganze Bericht, und er bleibt auf diesem Computer. Lesen, speichern und mit einer Zeile dazu senden, was gerade getan wurde, als es geschah.</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>Der Bericht</translation>
    </message>
    <message>
        <source>&amp;Leave out the names and folders of my music</source>
        <translation>&amp;Namen und Ordner meiner Musik weglassen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Performia report {date}.txt</source>
        <translation>Performia-Bericht {date}.txt</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Den Bericht speichern</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Saved as {path}. Nothing was sent.</source>
        <translation>Gespeichert als {path}. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>It could not be written ({reason}). Choose another place.</source>
        <translation>Das Schreiben ging nicht ({reason}). Einen anderen Ort wählen.</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>The results folder {folder} cannot be written. Choose another in Preferences.</source>
        <translation>Der Ergebnisordner {folder} kann nicht beschrieben werden. In den Einstellungen einen anderen wählen.</translation>
    </message>
</context>
<context>
    <name>sections</name>
    <message>
        <source>Intro</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Verse</source>
        <translation>Strophe</translation>
    </message>
    <message>
        <source>Pre-chorus</source>
        <translation>Pre-Chorus</translation>
    </message>
    <message>
        <source>Chorus</source>
        <translation>Refrain</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>Solo</translation>
    </message>
    <message>
        <source>Interlude</source>
        <translation>Zwischenspiel</translation>
    </message>
    <message>
        <source>Outro</source>
        <translation>Outro</translation>
    </message>
</context>
<context>
    <name>service</name>
    <message>
        <source>Something went wrong inside Performia. Please report it.</source>
        <translation>In Performia ging etwas schief. Bitte melden.</translation>
    </message>
    <message>
        <source>{n} Song Map(s) could not be moved. Check that the results folder can be written.</source>
        <translation>{n} Song Map(s) konnten nicht verschoben werden. Prüfen, ob der Ergebnisordner beschreibbar ist.</translation>
    </message>
</context>
<context>
    <name>sound</name>
    <message>
        <source>The audio file is not there any more. See that it is still where it was.</source>
        <translation>Die Audiodatei ist nicht mehr da. Nachsehen, ob sie noch an ihrem Platz ist.</translation>
    </message>
    <message>
        <source>The audio could not be made ready. Open the song again to try once more.</source>
        <translation>Das Audio konnte nicht vorbereitet werden. Den Song noch einmal öffnen, um es wieder zu versuchen.</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>Bar {bar}, beat {beat}</source>
        <translation>Takt {bar}, Schlag {beat}</translation>
    </message>
    <message>
        <source>Melody</source>
        <translation>Melodie</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>Bass</translation>
    </message>
    <message>
        <source>put right by hand</source>
        <translation>von Hand berichtigt</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>{percent} % sicher</translation>
    </message>
    <message>
        <source>{bpm} BPM</source>
        <translation>{bpm} BPM</translation>
    </message>
    <message>
        <source>The waveform is being drawn…</source>
        <translation>Die Wellenform wird gezeichnet …</translation>
    </message>
</context>
<context>
    <name>waveform</name>
    <message>
        <source>The audio file is not there any more. Put it back to see its waveform.</source>
        <translation>Die Audiodatei ist nicht mehr da. Wieder zurücklegen, um ihre Wellenform zu sehen.</translation>
    </message>
    <message>
        <source>The waveform could not be drawn. Open the song again to try once more.</source>
        <translation>Die Wellenform konnte nicht gezeichnet werden. Den Song noch einmal öffnen, um es wieder zu versuchen.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Reading the file</source>
        <translation>Liest die Datei</translation>
    </message>
    <message>
        <source>Listening to the sound</source>
        <translation>Hört auf den Klang</translation>
    </message>
    <message>
        <source>Listening for the beat</source>
        <translation>Hört auf den Schlag</translation>
    </message>
    <message>
        <source>Counting the bars</source>
        <translation>Zählt die Takte</translation>
    </message>
    <message>
        <source>Listening for chords</source>
        <translation>Hört auf die Akkorde</translation>
    </message>
    <message>
        <source>Finding the key</source>
        <translation>Sucht die Tonart</translation>
    </message>
    <message>
        <source>Finding verse and chorus</source>
        <translation>Sucht Strophe und Refrain</translation>
    </message>
    <message>
        <source>Following the melody</source>
        <translation>Folgt der Melodie</translation>
    </message>
    <message>
        <source>Following the bass</source>
        <translation>Folgt dem Bass</translation>
    </message>
    <message>
        <source>Looking for the words</source>
        <translation>Sucht den Text</translation>
    </message>
    <message>
        <source>Writing the Song Map</source>
        <translation>Schreibt die Song Map</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Wird analysiert</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch ein paar Sekunden</translation>
    </message>
    <message>
        <source>~ {n} s left</source>
        <translation>noch ~ {n} s</translation>
    </message>
    <message>
        <source>~ {n}½ min left</source>
        <translation>noch ~ {n}½ min</translation>
    </message>
    <message>
        <source>~ {n} min left</source>
        <translation>noch ~ {n} min</translation>
    </message>
    <message>
        <source>~ {h} h {m} min left</source>
        <translation>noch ~ {h} h {m} min</translation>
    </message>
    <message>
        <source>more than a day left</source>
        <translation>noch mehr als ein Tag</translation>
    </message>
</context>
</TS>
