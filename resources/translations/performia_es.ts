<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>Choose audio files to analyse</source>
        <translation>Elegir archivos de audio para analizar</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Añadir carpeta…</translation>
    </message>
    <message>
        <source>Choose a folder; every song in it is analysed</source>
        <translation>Elegir una carpeta; se analizan todas sus canciones</translation>
    </message>
    <message>
        <source>Paste files</source>
        <translation>Pegar archivos</translation>
    </message>
    <message>
        <source>Add the files you copied elsewhere</source>
        <translation>Añadir los archivos copiados en otro lugar</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Clear finished…</source>
        <translation>Quitar terminadas…</translation>
    </message>
    <message>
        <source>Take everything that is finished from the list</source>
        <translation>Quitar de la lista todo lo terminado</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Limpiar…</translation>
    </message>
    <message>
        <source>Delete old finished songs</source>
        <translation>Eliminar canciones terminadas antiguas</translation>
    </message>
    <message>
        <source>Recently deleted…</source>
        <translation>Eliminadas recientemente…</translation>
    </message>
    <message>
        <source>Bring back songs that were deleted in the last 30 days</source>
        <translation>Recuperar canciones eliminadas en los últimos 30 días</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Hacer copia ahora</translation>
    </message>
    <message>
        <source>Keep a copy of the list as it is</source>
        <translation>Guardar una copia de la lista tal como está</translation>
    </message>
    <message>
        <source>Back up to…</source>
        <translation>Hacer copia en…</translation>
    </message>
    <message>
        <source>Write a copy of the list to another disk</source>
        <translation>Escribir una copia de la lista en otro disco</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Restaurar…</translation>
    </message>
    <message>
        <source>Go back to a backup of the list</source>
        <translation>Volver a una copia de seguridad de la lista</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Compactar</translation>
    </message>
    <message>
        <source>Give back the space of what was deleted</source>
        <translation>Liberar el espacio de lo eliminado</translation>
    </message>
    <message>
        <source>About the database</source>
        <translation>Acerca de la base de datos</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Preferencias…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>Terminar el programa</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>Deshacer eliminación</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>Recuperar lo último que se eliminó</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiar ruta</translation>
    </message>
    <message>
        <source>Copy where the audio is</source>
        <translation>Copiar dónde está el audio</translation>
    </message>
    <message>
        <source>Copy Song Map JSON</source>
        <translation>Copiar el JSON del Song Map</translation>
    </message>
    <message>
        <source>Copy the whole result as text</source>
        <translation>Copiar todo el resultado como texto</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Seleccionar todo</translation>
    </message>
    <message>
        <source>Select all songs shown</source>
        <translation>Seleccionar todas las canciones mostradas</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Go to the search box</source>
        <translation>Ir al cuadro de búsqueda</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Show the song&apos;s chords, key and sections</source>
        <translation>Mostrar los acordes, la tonalidad y las secciones de la canción</translation>
    </message>
    <message>
        <source>Show audio in folder</source>
        <translation>Mostrar el audio en su carpeta</translation>
    </message>
    <message>
        <source>Show the audio file in the file manager</source>
        <translation>Mostrar el archivo de audio en el gestor de archivos</translation>
    </message>
    <message>
        <source>Show Song Map in folder</source>
        <translation>Mostrar el Song Map en su carpeta</translation>
    </message>
    <message>
        <source>Show the Song Map&apos;s file in the file manager</source>
        <translation>Mostrar el archivo del Song Map en el gestor de archivos</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Write the songs for another program: ChordPro, MIDI, MusicXML…</source>
        <translation>Escribir las canciones para otro programa: ChordPro, MIDI, MusicXML…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Analyse the selected songs again</source>
        <translation>Analizar de nuevo las canciones seleccionadas</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Stop the selected songs&apos; analysis</source>
        <translation>Detener el análisis de las canciones seleccionadas</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Cancelar todo</translation>
    </message>
    <message>
        <source>Stop everything that runs or waits</source>
        <translation>Detener todo lo que se analiza o espera</translation>
    </message>
    <message>
        <source>Move to top</source>
        <translation>Mover al principio</translation>
    </message>
    <message>
        <source>Analyse the selected songs next</source>
        <translation>Analizar a continuación las canciones seleccionadas</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Analyse them earlier</source>
        <translation>Analizarlas antes</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Analyse them later</source>
        <translation>Analizarlas después</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
    <message>
        <source>Take songs from the list</source>
        <translation>Quitar canciones de la lista</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Informar de un problema…</translation>
    </message>
    <message>
        <source>Collect what helps to find it; nothing is sent</source>
        <translation>Reunir lo que ayude a encontrarlo; no se envía nada</translation>
    </message>
    <message>
        <source>About Performia Desktop</source>
        <translation>Acerca de Performia Desktop</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Go on with the waiting songs</source>
        <translation>Continuar con las canciones en espera</translation>
    </message>
    <message>
        <source>Finish the running songs only</source>
        <translation>Terminar solo las canciones en curso</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Analizar de nuevo</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Add files</source>
        <translation>Añadir archivos</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Añadir carpeta</translation>
    </message>
    <message>
        <source>The clipboard holds no files. Copy some in the file manager first.</source>
        <translation>El portapapeles no contiene archivos. Copie antes alguno en el gestor de archivos.</translation>
    </message>
    <message>
        <source>A web address was left out. Download the song first, then drop its file here.</source>
        <translation>Se omitió una dirección web. Descargue antes la canción y suelte aquí el archivo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln web addresses were left out. Download the songs first, then drop the files here.</source>
        <translation>
            <numerusform>Se omitió %Ln dirección web. Descargue antes la canción y suelte aquí el archivo.</numerusform>
            <numerusform>Se omitieron %Ln direcciones web. Descargue antes las canciones y suelte aquí los archivos.</numerusform>
        </translation>
    </message>
    <message>
        <source>No songs were found there.</source>
        <translation>No se encontraron canciones ahí.</translation>
    </message>
    <message>
        <source>1 song was added; the search hides it.</source>
        <translation>Se añadió 1 canción; la búsqueda la oculta.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs were added; the search hides them.</source>
        <translation>
            <numerusform>Se añadió %Ln canción; la búsqueda la oculta.</numerusform>
            <numerusform>Se añadieron %Ln canciones; la búsqueda las oculta.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Mostrar todas</translation>
    </message>
    <message>
        <source>{song} is already analysed.</source>
        <translation>{song} ya está analizada.</translation>
    </message>
    <message>
        <source>{song} is already in the list.</source>
        <translation>{song} ya está en la lista.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are already in the list.</source>
        <translation>
            <numerusform>%Ln canción ya está en la lista.</numerusform>
            <numerusform>%Ln canciones ya están en la lista.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Analizar de nuevo</translation>
    </message>
    <message>
        <source>{file} was left out. {reason}</source>
        <translation>Se omitió {file}. {reason}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were left out.</source>
        <translation>
            <numerusform>Se omitió %Ln archivo.</numerusform>
            <numerusform>Se omitieron %Ln archivos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitidos</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>ChartArea</name>
    <message>
        <source>Chord chart</source>
        <translation>Hoja de acordes</translation>
    </message>
    <message>
        <source>Reading the Song Map…</source>
        <translation>Leyendo el Song Map…</translation>
    </message>
    <message>
        <source>No beat was found in this recording, so there is no chart.</source>
        <translation>No se encontró pulso en esta grabación, así que no hay hoja de acordes.</translation>
    </message>
</context>
<context>
    <name>ChartMenu</name>
    <message>
        <source>Chord names</source>
        <translation>Nombres de acordes</translation>
    </message>
    <message>
        <source>Roman numerals</source>
        <translation>Números romanos</translation>
    </message>
    <message>
        <source>Nashville numbers</source>
        <translation>Números Nashville</translation>
    </message>
    <message>
        <source>Transpose</source>
        <translation>Transportar</translation>
    </message>
    <message>
        <source>A semitone up</source>
        <translation>Un semitono arriba</translation>
    </message>
    <message>
        <source>A semitone down</source>
        <translation>Un semitono abajo</translation>
    </message>
    <message>
        <source>Capo</source>
        <translation>Cejilla</translation>
    </message>
    <message>
        <source>Sharps or flats</source>
        <translation>Sostenidos o bemoles</translation>
    </message>
    <message>
        <source>As the key writes them</source>
        <translation>Como los escribe la tonalidad</translation>
    </message>
    <message>
        <source>Sharps</source>
        <translation>Sostenidos</translation>
    </message>
    <message>
        <source>Flats</source>
        <translation>Bemoles</translation>
    </message>
    <message>
        <source>Guitar shapes</source>
        <translation>Posiciones de guitarra</translation>
    </message>
    <message>
        <source>Larger type</source>
        <translation>Letra más grande</translation>
    </message>
    <message>
        <source>Smaller type</source>
        <translation>Letra más pequeña</translation>
    </message>
    <message>
        <source>Usual type</source>
        <translation>Letra normal</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>Como se grabó</translation>
    </message>
    <message>
        <source>Fret {n}</source>
        <translation>Traste {n}</translation>
    </message>
    <message>
        <source>No capo</source>
        <translation>Sin cejilla</translation>
    </message>
    <message>
        <source>{place}: play in {key}</source>
        <translation>{place}: tocar en {key}</translation>
    </message>
</context>
<context>
    <name>ChartView</name>
    <message>
        <source>Chord chart</source>
        <translation>Hoja de acordes</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>{song} waits to be analysed. Open it when that is done.</source>
        <translation>{song} espera a ser analizada. Ábrala cuando haya terminado.</translation>
    </message>
    <message>
        <source>{song} is being analysed. Open it when that is done.</source>
        <translation>{song} se está analizando. Ábrala cuando haya terminado.</translation>
    </message>
    <message>
        <source>The analysis of {song} was cancelled. Retry it to open the song.</source>
        <translation>El análisis de {song} se canceló. Reintente para abrir la canción.</translation>
    </message>
    <message>
        <source>The analysis ended without saying why. Try again.</source>
        <translation>El análisis terminó sin decir por qué. Inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Informar de un problema…</translation>
    </message>
    <message>
        <source>The folder {folder} is gone, or its disk is not there.</source>
        <translation>La carpeta {folder} ya no existe, o falta su disco.</translation>
    </message>
    <message>
        <source>No file manager could be started.</source>
        <translation>No se pudo abrir ningún gestor de archivos.</translation>
    </message>
    <message>
        <source>The Song Map cannot be read ({reason}). Analyse the song again.</source>
        <translation>No se puede leer el Song Map ({reason}). Analice la canción de nuevo.</translation>
    </message>
    <message>
        <source>{song} is next.</source>
        <translation>{song} es la siguiente.</translation>
    </message>
    <message numerus="yes">
        <source>These %Ln songs are next.</source>
        <translation>
            <numerusform>Esta %Ln canción es la siguiente.</numerusform>
            <numerusform>Estas %Ln canciones son las siguientes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted 1 song.</source>
        <translation>1 canción eliminada.</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln songs.</source>
        <translation>
            <numerusform>%Ln canción eliminada.</numerusform>
            <numerusform>%Ln canciones eliminadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>1 song is back.</source>
        <translation>1 canción recuperada.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are back.</source>
        <translation>
            <numerusform>%Ln canción recuperada.</numerusform>
            <numerusform>%Ln canciones recuperadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something went wrong that nobody foresaw. Your songs are safe.</source>
        <translation>Algo salió mal que nadie había previsto. Sus canciones están a salvo.</translation>
    </message>
</context>
<context>
    <name>CorrectMenu</name>
    <message>
        <source>Tempo half as fast</source>
        <translation>Tempo a la mitad</translation>
    </message>
    <message>
        <source>Tempo twice as fast</source>
        <translation>Tempo al doble</translation>
    </message>
    <message>
        <source>Beats half a beat later</source>
        <translation>Pulsos medio pulso más tarde</translation>
    </message>
    <message>
        <source>Bars begin one beat later</source>
        <translation>Los compases empiezan un pulso más tarde</translation>
    </message>
    <message>
        <source>Bars begin one beat earlier</source>
        <translation>Los compases empiezan un pulso antes</translation>
    </message>
    <message>
        <source>Chords of a bar…</source>
        <translation>Acordes de un compás…</translation>
    </message>
    <message>
        <source>Title and artist…</source>
        <translation>Título y artista…</translation>
    </message>
    <message>
        <source>Show what was detected</source>
        <translation>Mostrar lo detectado</translation>
    </message>
    <message>
        <source>Remove all corrections</source>
        <translation>Quitar todas las correcciones</translation>
    </message>
    <message>
        <source>removing all corrections</source>
        <translation>quitar todas las correcciones</translation>
    </message>
    <message>
        <source>tempo</source>
        <translation>tempo</translation>
    </message>
    <message>
        <source>beats</source>
        <translation>pulsos</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>compases</translation>
    </message>
    <message>
        <source>meter</source>
        <translation>compás</translation>
    </message>
    <message>
        <source>key</source>
        <translation>tonalidad</translation>
    </message>
    <message>
        <source>section</source>
        <translation>sección</translation>
    </message>
    <message>
        <source>At the playhead</source>
        <translation>En la posición actual</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Compás</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonalidad</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>Mayor</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Menor</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>And all like it</source>
        <translation>Y todas las iguales</translation>
    </message>
</context>
<context>
    <name>Correcting</name>
    <message>
        <source>The corrections could not be saved ({reason}). Free some space, and correct again.</source>
        <translation>No se pudieron guardar las correcciones ({reason}). Libere espacio y corrija de nuevo.</translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>The backup {path} could not be written. Free some space, or choose another place.</source>
        <translation>No se pudo escribir la copia {path}. Libere espacio o elija otro lugar.</translation>
    </message>
    <message>
        <source>The job database refused something that it should have taken. This is a mistake in the program: please report it with the details.</source>
        <translation>La base de datos rechazó algo que debía aceptar. Es un error del programa: infórmenos de él con los detalles.</translation>
    </message>
    <message>
        <source>Another program is using the job database {path}. Close it there; the work goes on by itself as soon as the database is free.</source>
        <translation>Otro programa está usando la base de datos {path}. Ciérrela allí; el trabajo sigue solo en cuanto quede libre.</translation>
    </message>
    <message>
        <source>The disk with the job database {path} is full. Free some space; the work goes on by itself.</source>
        <translation>El disco con la base de datos {path} está lleno. Libere espacio; el trabajo sigue solo.</translation>
    </message>
    <message>
        <source>The disk with the job database {path} cannot be read or written. Check that it is connected; the work goes on by itself.</source>
        <translation>No se puede leer ni escribir el disco con la base de datos {path}. Compruebe que está conectado; el trabajo sigue solo.</translation>
    </message>
    <message>
        <source>The job database {path} may not be written. Allow writing to the file and its folder; the work goes on by itself.</source>
        <translation>No está permitido escribir en la base de datos {path}. Permita escribir en el archivo y su carpeta; el trabajo sigue solo.</translation>
    </message>
    <message>
        <source>There is not enough memory for the job database. Close other programs; the work goes on.</source>
        <translation>No hay memoria suficiente para la base de datos. Cierre otros programas; el trabajo sigue.</translation>
    </message>
    <message>
        <source>The job database {path} cannot be opened. Check that its folder exists and is yours, or choose another place with --db or --data-dir.</source>
        <translation>No se puede abrir la base de datos {path}. Compruebe que su carpeta existe y es suya, o elija otro lugar con --db o --data-dir.</translation>
    </message>
    <message>
        <source>{path} is not a job database. Move it away, or choose another place with --db.</source>
        <translation>{path} no es una base de datos de canciones. Muévala o elija otro lugar con --db.</translation>
    </message>
    <message>
        <source>The job database {path} is damaged. Start the window to have it set aside, or restore a backup.</source>
        <translation>La base de datos {path} está dañada. Abra la ventana para que se aparte, o restaure una copia.</translation>
    </message>
    <message>
        <source>The job database {path} was written by a newer version of Performia Desktop and was left untouched. Update the program, or choose another place with --db.</source>
        <translation>La base de datos {path} la escribió una versión más nueva de Performia Desktop y no se ha tocado. Actualice el programa o elija otro lugar con --db.</translation>
    </message>
    <message>
        <source>The job database {path} was written by an older version. Start the window once: it upgrades the database, after a backup.</source>
        <translation>La base de datos {path} la escribió una versión anterior. Abra la ventana una vez: la actualiza, tras una copia de seguridad.</translation>
    </message>
    <message>
        <source>{path} is the database of another program and was left untouched. Choose another place with --db.</source>
        <translation>{path} es la base de datos de otro programa y no se ha tocado. Elija otro lugar con --db.</translation>
    </message>
    <message>
        <source>The job database is on a network drive ({kind}), so it is written in a safer, slower way; let only one computer use it at a time.</source>
        <translation>La base de datos está en una unidad de red ({kind}), así que se escribe de un modo más seguro y lento; que la use un solo ordenador a la vez.</translation>
    </message>
    <message>
        <source>There was no job database at {path}, and a new one was started. The old jobs can be brought back from the backup of {date} with File &gt; Database &gt; Restore.</source>
        <translation>No había base de datos en {path} y se ha creado una nueva. Las canciones anteriores se recuperan de la copia del {date} con Archivo &gt; Base de datos &gt; Restaurar.</translation>
    </message>
    <message>
        <source>The job database could not be made smaller, and nothing has changed. See that its disk has room and that no other program uses it, then try again.</source>
        <translation>No se pudo reducir la base de datos y nada ha cambiado. Compruebe que su disco tiene sitio y que ningún otro programa la usa, y vuelva a intentarlo.</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Beat here</source>
        <translation>Pulso aquí</translation>
    </message>
    <message>
        <source>Section begins here</source>
        <translation>Aquí empieza una sección</translation>
    </message>
    <message>
        <source>Another chord from here…</source>
        <translation>Otro acorde desde aquí…</translation>
    </message>
    <message>
        <source>Note here</source>
        <translation>Nota aquí</translation>
    </message>
    <message>
        <source>Words here…</source>
        <translation>Letra aquí…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Join with what is before</source>
        <translation>Unir con lo anterior</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>The chord is right</source>
        <translation>El acorde es correcto</translation>
    </message>
    <message>
        <source>All beats a little earlier</source>
        <translation>Todos los pulsos un poco antes</translation>
    </message>
    <message>
        <source>All beats a little later</source>
        <translation>Todos los pulsos un poco después</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export into</source>
        <translation>Exportar en</translation>
    </message>
    <message>
        <source>Wrote {name}.</source>
        <translation>Se escribió {name}.</translation>
    </message>
    <message numerus="yes">
        <source>Wrote %Ln files.</source>
        <translation>
            <numerusform>Se escribió %Ln archivo.</numerusform>
            <numerusform>Se escribieron %Ln archivos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs could not be written.</source>
        <translation>
            <numerusform>No se pudo escribir %Ln canción.</numerusform>
            <numerusform>No se pudieron escribir %Ln canciones.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation>Está en {folder}</translation>
    </message>
    <message>
        <source>Its Song Map cannot be read. Analyse the song again.</source>
        <translation>No se puede leer su Song Map. Analice la canción de nuevo.</translation>
    </message>
    <message>
        <source>It cannot be written ({reason}). Choose another folder.</source>
        <translation>No se puede escribir ({reason}). Elija otra carpeta.</translation>
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
        <translation>Compás</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonalidad</translation>
    </message>
    <message>
        <source>{key}, capo {n}</source>
        <translation>{key}, cejilla {n}</translation>
    </message>
    <message>
        <source>Played in</source>
        <translation>Se toca en</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
</context>
<context>
    <name>Housekeeping</name>
    <message>
        <source>A backup is being restored.</source>
        <translation>Se está restaurando una copia de seguridad.</translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Close this line</source>
        <translation>Cerrar esta línea</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>No songs yet</source>
        <translation>Aún no hay canciones</translation>
    </message>
    <message>
        <source>Drop songs or folders here</source>
        <translation>Suelte aquí canciones o carpetas</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Añadir archivos…</translation>
    </message>
    <message>
        <source>Choose audio files to analyse</source>
        <translation>Elegir archivos de audio para analizar</translation>
    </message>
    <message>
        <source>WAV, FLAC, MP3, M4A, OGG, Opus, AIFF, WMA. Playlists too.</source>
        <translation>WAV, FLAC, MP3, M4A, OGG, Opus, AIFF, WMA. También listas.</translation>
    </message>
    <message>
        <source>Everything happens on this computer. Nothing is uploaded.</source>
        <translation>Todo ocurre en este ordenador. No se sube nada.</translation>
    </message>
</context>
<context>
    <name>JobTable</name>
    <message>
        <source>Songs</source>
        <translation>Canciones</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>Columnas habituales</translation>
    </message>
</context>
<context>
    <name>Keeper</name>
    <message>
        <source>Performia songs {date}.db</source>
        <translation>Canciones de Performia {date}.db</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>Hacer copia en</translation>
    </message>
    <message>
        <source>Job databases</source>
        <translation>Bases de datos de canciones</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>The list is backed up.</source>
        <translation>La lista tiene copia de seguridad.</translation>
    </message>
    <message>
        <source>The backup is back, with 1 song.</source>
        <translation>La copia se ha restaurado, con 1 canción.</translation>
    </message>
    <message numerus="yes">
        <source>The backup is back, with %Ln songs.</source>
        <translation>
            <numerusform>La copia se ha restaurado, con %Ln canción.</numerusform>
            <numerusform>La copia se ha restaurado, con %Ln canciones.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 song added since then is in Recently deleted.</source>
        <translation>1 canción añadida desde entonces está en Eliminadas recientemente.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs added since then are in Recently deleted.</source>
        <translation>
            <numerusform>%Ln canción añadida desde entonces está en Eliminadas recientemente.</numerusform>
            <numerusform>%Ln canciones añadidas desde entonces están en Eliminadas recientemente.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is in {folder}</source>
        <translation>Está en {folder}</translation>
    </message>
    <message>
        <source>1 old song was deleted.</source>
        <translation>Se eliminó 1 canción antigua.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln old songs were deleted.</source>
        <translation>
            <numerusform>Se eliminó %Ln canción antigua.</numerusform>
            <numerusform>Se eliminaron %Ln canciones antiguas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>The database is {size} smaller now.</source>
        <translation>La base de datos ocupa ahora {size} menos.</translation>
    </message>
    <message>
        <source>The database is as small as it can be.</source>
        <translation>La base de datos ya es lo más pequeña posible.</translation>
    </message>
</context>
<context>
    <name>News</name>
    <message>
        <source>the list cannot be opened</source>
        <translation>no se puede abrir la lista</translation>
    </message>
    <message>
        <source>opening the list</source>
        <translation>abriendo la lista</translation>
    </message>
    <message>
        <source>looking at what you added</source>
        <translation>mirando lo que se añadió</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Performia ended unexpectedly the last time. Your songs are safe.</source>
        <translation>Performia terminó de forma inesperada la última vez. Sus canciones están a salvo.</translation>
    </message>
    <message>
        <source>Report a problem…</source>
        <translation>Informar de un problema…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué ha pasado</translation>
    </message>
    <message>
        <source>{song} is analysed.</source>
        <translation>{song} está analizada.</translation>
    </message>
    <message>
        <source>1 song is analysed.</source>
        <translation>1 canción analizada.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are analysed.</source>
        <translation>
            <numerusform>%Ln canción analizada.</numerusform>
            <numerusform>%Ln canciones analizadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 failed.</source>
        <translation>1 ha fallado.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed.</source>
        <translation>
            <numerusform>%Ln ha fallado.</numerusform>
            <numerusform>%Ln han fallado.</numerusform>
        </translation>
    </message>
    <message>
        <source>The queue is done</source>
        <translation>La cola ha terminado</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>No song fits the search</source>
        <translation>Ninguna canción coincide con la búsqueda</translation>
    </message>
    <message>
        <source>Show all songs</source>
        <translation>Mostrar todas las canciones</translation>
    </message>
    <message>
        <source>Empty the search box and show every status</source>
        <translation>Vaciar la búsqueda y mostrar todos los estados</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>Click to hear it from there; drag to move what is shown below</source>
        <translation>Haga clic para oírla desde ahí; arrastre para mover lo que se ve debajo</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The sound device cannot be opened. The song goes on in silence.</source>
        <translation>No se puede abrir el dispositivo de sonido. La canción sigue en silencio.</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>Print {song}</source>
        <translation>Imprimir {song}</translation>
    </message>
</context>
<context>
    <name>Rescue</name>
    <message>
        <source>The job database was damaged; {n} of its jobs came back.</source>
        <translation>La base de datos estaba dañada; se recuperaron {n} de sus canciones.</translation>
    </message>
    <message>
        <source>The old file was kept as {old}.</source>
        <translation>El archivo anterior se conserva como {old}.</translation>
    </message>
    <message>
        <source>The job database was damaged or not a database, and no job could be read from it. It was kept as {old}, and a new, empty one was started.</source>
        <translation>La base de datos estaba dañada o no era tal, y no se pudo leer ninguna canción. Se conserva como {old} y se ha creado una nueva, vacía.</translation>
    </message>
    <message>
        <source>{n} from the backup of {date}</source>
        <translation>{n} de la copia del {date}</translation>
    </message>
    <message>
        <source>{n} from their Song Maps</source>
        <translation>{n} de sus Song Maps</translation>
    </message>
    <message>
        <source>The newest changes to the job database were lost; {n} jobs are there{how}</source>
        <translation>Se perdieron los últimos cambios de la base de datos; hay {n} canciones{how}</translation>
    </message>
    <message>
        <source>The job database was damaged; {n} of its jobs came back{how}</source>
        <translation>La base de datos estaba dañada; se recuperaron {n} de sus canciones{how}</translation>
    </message>
    <message>
        <source>, {n} could not be read</source>
        <translation>, {n} no se pudieron leer</translation>
    </message>
    <message>
        <source>, others may be missing</source>
        <translation>, puede que falten otras</translation>
    </message>
</context>
<context>
    <name>Restore</name>
    <message>
        <source>The backup {path} could not be restored, and nothing has changed. See that the disk has room and that no other program uses the job database, then try again.</source>
        <translation>No se pudo restaurar la copia {path} y nada ha cambiado. Compruebe que el disco tiene sitio y que ningún otro programa usa la base de datos, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>There is no backup {path}. Choose another file.</source>
        <translation>No existe la copia {path}. Elija otro archivo.</translation>
    </message>
    <message>
        <source>{path} is the job database itself. Choose one of its backups.</source>
        <translation>{path} es la propia base de datos. Elija una de sus copias.</translation>
    </message>
    <message>
        <source>The backup {path} was written by a newer version of Performia Desktop. Update the program, then restore it.</source>
        <translation>La copia {path} la escribió una versión más nueva de Performia Desktop. Actualice el programa y restáurela después.</translation>
    </message>
    <message>
        <source>The backup {path} cannot be read. Check that the file is yours, then try again.</source>
        <translation>No se puede leer la copia {path}. Compruebe que el archivo es suyo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The backup {path} is damaged, so nothing was restored. Choose another one.</source>
        <translation>La copia {path} está dañada, así que no se restauró nada. Elija otra.</translation>
    </message>
    <message>
        <source>{path} is not a backup of the job database. Choose another file.</source>
        <translation>{path} no es una copia de la base de datos. Elija otro archivo.</translation>
    </message>
</context>
<context>
    <name>SongWindow</name>
    <message>
        <source>Correct</source>
        <translation>Corregir</translation>
    </message>
    <message>
        <source>Put right what was heard wrong</source>
        <translation>Corregir lo que se oyó mal</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Hoja</translation>
    </message>
    <message>
        <source>Key, capo, names and size of the chart; copy it</source>
        <translation>Tonalidad, cejilla, nombres y tamaño de la hoja; copiarla</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Copiar como texto</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Imprimir…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Stage view</source>
        <translation>Vista de escenario</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Escenario</translation>
    </message>
    <message>
        <source>The chart on the whole screen, to play from (F11)</source>
        <translation>La hoja en toda la pantalla, para tocar (F11)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>chords</source>
        <translation>acordes</translation>
    </message>
    <message>
        <source>names</source>
        <translation>nombres</translation>
    </message>
    <message>
        <source>This is what was detected; your corrections are kept.</source>
        <translation>Esto es lo detectado; sus correcciones se conservan.</translation>
    </message>
    <message>
        <source>1 correction</source>
        <translation>1 corrección</translation>
    </message>
    <message numerus="yes">
        <source>%Ln corrections</source>
        <translation>
            <numerusform>%Ln corrección</numerusform>
            <numerusform>%Ln correcciones</numerusform>
        </translation>
    </message>
    <message>
        <source>{key} closes the window. Your corrections are kept; they can only be undone until then.</source>
        <translation>{key} cierra la ventana. Las correcciones se conservan; solo se pueden deshacer hasta entonces.</translation>
    </message>
</context>
<context>
    <name>SoundButton</name>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Volume of the song and of the metronome; count-in</source>
        <translation>Volumen de la canción y del metrónomo; entrada</translation>
    </message>
    <message>
        <source>Count a bar in</source>
        <translation>Contar un compás de entrada</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>Canción</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Metrónomo</translation>
    </message>
</context>
<context>
    <name>SpotMenu</name>
    <message>
        <source>A bar begins here</source>
        <translation>Aquí empieza un compás</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>compases</translation>
    </message>
    <message>
        <source>Call it</source>
        <translation>Llamarla</translation>
    </message>
    <message>
        <source>Call it and all like it</source>
        <translation>Llamarla a ella y a todas las iguales</translation>
    </message>
    <message>
        <source>section</source>
        <translation>sección</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Stage view</source>
        <translation>Vista de escenario</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>No songs</source>
        <translation>Sin canciones</translation>
    </message>
    <message>
        <source>1 complete</source>
        <translation>1 terminada</translation>
    </message>
    <message numerus="yes">
        <source>%Ln complete</source>
        <translation>
            <numerusform>%Ln terminada</numerusform>
            <numerusform>%Ln terminadas</numerusform>
        </translation>
    </message>
    <message>
        <source>1 working</source>
        <translation>1 en curso</translation>
    </message>
    <message numerus="yes">
        <source>%Ln working</source>
        <translation>
            <numerusform>%Ln en curso</numerusform>
            <numerusform>%Ln en curso</numerusform>
        </translation>
    </message>
    <message>
        <source>1 waiting</source>
        <translation>1 en espera</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln en espera</numerusform>
            <numerusform>%Ln en espera</numerusform>
        </translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 error</translation>
    </message>
    <message numerus="yes">
        <source>%Ln errors</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errores</numerusform>
        </translation>
    </message>
    <message>
        <source>1 cancelled</source>
        <translation>1 cancelada</translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation>
            <numerusform>%Ln cancelada</numerusform>
            <numerusform>%Ln canceladas</numerusform>
        </translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 canción</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln canción</numerusform>
            <numerusform>%Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>The job database: {path}</source>
        <translation>La base de datos: {path}</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>See more</source>
        <translation>Ver más</translation>
    </message>
    <message>
        <source>See less, larger</source>
        <translation>Ver más grande</translation>
    </message>
    <message>
        <source>Whole song</source>
        <translation>Canción entera</translation>
    </message>
    <message>
        <source>This section</source>
        <translation>Esta sección</translation>
    </message>
    <message>
        <source>Follow the song</source>
        <translation>Seguir la canción</translation>
    </message>
    <message>
        <source>Next place to look twice</source>
        <translation>Siguiente pasaje dudoso</translation>
    </message>
    <message>
        <source>Place to look twice before</source>
        <translation>Pasaje dudoso anterior</translation>
    </message>
    <message>
        <source>Chords here: {percent} % sure</source>
        <translation>Acordes aquí: seguros al {percent} %</translation>
    </message>
    <message>
        <source>Section here: {percent} % sure</source>
        <translation>Sección aquí: segura al {percent} %</translation>
    </message>
    <message>
        <source>The analysis is in doubt about nothing here.</source>
        <translation>Aquí el análisis no duda de nada.</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>Línea de tiempo</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Toolbar</source>
        <translation>Barra de herramientas</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Añadir archivos</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Añadir carpeta</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Quitar terminadas</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search songs</source>
        <translation>Buscar canciones</translation>
    </message>
    <message>
        <source>Search title, artist and file name</source>
        <translation>Buscar en título, artista y nombre de archivo</translation>
    </message>
    <message>
        <source>Show only songs of one status</source>
        <translation>Mostrar solo canciones de un estado</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>All songs</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Status shown: {status}</source>
        <translation>Estado mostrado: {status}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Reproducir o pausar (Espacio)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Posición</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Slower, at the same pitch (Ctrl+Down, Ctrl+Up)</source>
        <translation>Más lento, con la misma afinación (Ctrl+Abajo, Ctrl+Arriba)</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Metrónomo</translation>
    </message>
    <message>
        <source>Tick on the beats (K)</source>
        <translation>Marcar los pulsos (K)</translation>
    </message>
    <message>
        <source>Repeat the section</source>
        <translation>Repetir la sección</translation>
    </message>
    <message>
        <source>Getting the audio ready…</source>
        <translation>Preparando el audio…</translation>
    </message>
    <message>
        <source>The audio cannot be played ({reason}).</source>
        <translation>No se puede reproducir el audio ({reason}).</translation>
    </message>
    <message>
        <source>There is no sound device. The chart follows in silence.</source>
        <translation>No hay dispositivo de sonido. La hoja avanza en silencio.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Repeat bar {first}</source>
        <translation>Repetir el compás {first}</translation>
    </message>
    <message>
        <source>Repeat bars {first} to {last}</source>
        <translation>Repetir los compases {first} a {last}</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Repetir</translation>
    </message>
</context>
<context>
    <name>Unforeseen</name>
    <message>
        <source>Something went wrong that nobody foresaw. Your songs are safe.</source>
        <translation>Algo salió mal que nadie había previsto. Sus canciones están a salvo.</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>About Performia Desktop</source>
        <translation>Acerca de Performia Desktop</translation>
    </message>
    <message>
        <source>The program&apos;s icon</source>
        <translation>El icono del programa</translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation>Versión {version}, Qt {qt}</translation>
    </message>
    <message>
        <source>Drop songs on the window, get their Song Maps. Everything happens on this computer.</source>
        <translation>Suelte canciones en la ventana y obtenga sus Song Maps. Todo ocurre en este ordenador.</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. It is made with the programs below, each under its own.</source>
        <translation>Software libre con licencia MIT. Está hecho con los programas de abajo, cada uno con la suya.</translation>
    </message>
    <message>
        <source>Reading the licences…</source>
        <translation>Leyendo las licencias…</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licencias</translation>
    </message>
    <message>
        <source>Your data: {folder}</source>
        <translation>Sus datos: {folder}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The disk with {folder} is full. Free some space, or choose another with --data-dir.</source>
        <translation>El disco con {folder} está lleno. Libere espacio o elija otro con --data-dir.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written ({reason}). Choose another with --data-dir.</source>
        <translation>No se puede escribir en la carpeta {folder} ({reason}). Elija otra con --data-dir.</translation>
    </message>
    <message>
        <source>It does not answer; end it, then start again.</source>
        <translation>No responde; termínelo y empiece de nuevo.</translation>
    </message>
    <message>
        <source>Performia Desktop is running already. {reason}</source>
        <translation>Performia Desktop ya está en marcha. {reason}</translation>
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
        <translation>Canción</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>BPM</source>
        <translation>BPM</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonalidad</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadida</translation>
    </message>
    <message>
        <source>Title and artist</source>
        <translation>Título y artista</translation>
    </message>
    <message>
        <source>What happens to the song now</source>
        <translation>Qué ocurre ahora con la canción</translation>
    </message>
    <message>
        <source>How much of the song is analysed</source>
        <translation>Cuánto de la canción está analizado</translation>
    </message>
    <message>
        <source>Tempo in beats per minute</source>
        <translation>Tempo en pulsos por minuto</translation>
    </message>
    <message>
        <source>The key that sounds longest</source>
        <translation>La tonalidad que más dura</translation>
    </message>
    <message>
        <source>How long the song is</source>
        <translation>Cuánto dura la canción</translation>
    </message>
    <message>
        <source>Time left while a song is analysed, time taken afterwards</source>
        <translation>Tiempo restante durante el análisis; después, el tiempo empleado</translation>
    </message>
    <message>
        <source>When the song was added</source>
        <translation>Cuándo se añadió la canción</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>en {time}</translation>
    </message>
    <message>
        <source>{title} by {artist}</source>
        <translation>{title} de {artist}</translation>
    </message>
    <message>
        <source>{tempo} beats per minute</source>
        <translation>{tempo} pulsos por minuto</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>bemol</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>sostenido</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d MMM</translation>
    </message>
</context>
<context>
    <name>correct</name>
    <message>
        <source>Chords of a bar</source>
        <translation>Acordes de un compás</translation>
    </message>
    <message>
        <source>One chord for each beat, or fewer that share the bar evenly. A dot goes on, N.C. is none.</source>
        <translation>Un acorde por pulso, o menos que se reparten el compás por igual. Un punto lo prolonga; N.C. es ninguno.</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Corregir</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Dejarlo</translation>
    </message>
    <message>
        <source>&amp;Bar:</source>
        <translation>&amp;Compás:</translation>
    </message>
    <message>
        <source>&amp;Chords:</source>
        <translation>&amp;Acordes:</translation>
    </message>
    <message>
        <source>Also where this section comes again</source>
        <translation>También donde se repite esta sección</translation>
    </message>
    <message>
        <source>Type {n} chords for this bar, or fewer that share its beats evenly.</source>
        <translation>Escriba {n} acordes para este compás, o menos que se repartan los pulsos por igual.</translation>
    </message>
    <message>
        <source>{word} is no chord that is known here. Write it like Am7, F#dim, G/B.</source>
        <translation>{word} no es un acorde conocido aquí. Escríbalo como Am7, F#dim, G/B.</translation>
    </message>
    <message>
        <source>Title and artist</source>
        <translation>Título y artista</translation>
    </message>
    <message>
        <source>As they stand on charts and in exports. The audio file keeps its own.</source>
        <translation>Como aparecen en hojas y exportaciones. El archivo de audio conserva los suyos.</translation>
    </message>
    <message>
        <source>&amp;Title:</source>
        <translation>&amp;Título:</translation>
    </message>
    <message>
        <source>&amp;Artist:</source>
        <translation>&amp;Artista:</translation>
    </message>
    <message>
        <source>Chord</source>
        <translation>Acorde</translation>
    </message>
    <message>
        <source>From {start} to {end}. Write it like Am7, F#dim, G/B; N.C. is none.</source>
        <translation>De {start} a {end}. Escríbalo como Am7, F#dim, G/B; N.C. es ninguno.</translation>
    </message>
    <message>
        <source>&amp;Chord:</source>
        <translation>&amp;Acorde:</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Letra</translation>
    </message>
    <message>
        <source>Sung from {start} to {end}. Without any, the line goes.</source>
        <translation>Se canta de {start} a {end}. Sin letra, el verso desaparece.</translation>
    </message>
    <message>
        <source>&amp;Words:</source>
        <translation>&amp;Letra:</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Delete {song}?</source>
        <translation>¿Eliminar {song}?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln jobs from the list?</source>
        <translation>
            <numerusform>¿Eliminar %Ln canción de la lista?</numerusform>
            <numerusform>¿Eliminar %Ln canciones de la lista?</numerusform>
        </translation>
    </message>
    <message>
        <source>The audio stays where it is.</source>
        <translation>El audio se queda donde está.</translation>
    </message>
    <message>
        <source>What is being analysed stops.</source>
        <translation>Lo que se está analizando se detiene.</translation>
    </message>
    <message>
        <source>What you delete can be brought back for 30 days.</source>
        <translation>Lo que elimine se puede recuperar durante 30 días.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln jobs</source>
        <translation>
            <numerusform>Eliminar %Ln canción</numerusform>
            <numerusform>Eliminar %Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Delete the Song Map too</source>
        <translation>Eliminar también el Song Map</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln Song Maps too</source>
        <translation>
            <numerusform>Eliminar también %Ln Song Map</numerusform>
            <numerusform>Eliminar también %Ln Song Maps</numerusform>
        </translation>
    </message>
    <message>
        <source>The Song Map is the result of the analysis, without the audio</source>
        <translation>El Song Map es el resultado del análisis, sin el audio</translation>
    </message>
    <message>
        <source>Clean up the list</source>
        <translation>Limpiar la lista</translation>
    </message>
    <message>
        <source>Finished songs go from the list with their Song Maps. Waiting and running ones stay, and so does all audio. What you delete can be brought back for 30 days.</source>
        <translation>Las canciones terminadas salen de la lista con sus Song Maps. Las que esperan o están en curso se quedan, y todo el audio también. Lo que elimine se puede recuperar durante 30 días.</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Conservar todas</translation>
    </message>
    <message>
        <source>Finished more than</source>
        <translation>Terminadas hace más de</translation>
    </message>
    <message>
        <source>Age in days</source>
        <translation>Antigüedad en días</translation>
    </message>
    <message>
        <source>How many days ago a song must have been finished</source>
        <translation>Hace cuántos días debe haber terminado una canción</translation>
    </message>
    <message>
        <source>days ago</source>
        <translation>días</translation>
    </message>
    <message>
        <source>1 song would go.</source>
        <translation>Saldría 1 canción.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs would go.</source>
        <translation>
            <numerusform>Saldría %Ln canción.</numerusform>
            <numerusform>Saldrían %Ln canciones.</numerusform>
        </translation>
    </message>
    <message>
        <source>No song is that old.</source>
        <translation>Ninguna canción es tan antigua.</translation>
    </message>
    <message>
        <source>Delete 1 song</source>
        <translation>Eliminar 1 canción</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln songs</source>
        <translation>
            <numerusform>Eliminar %Ln canción</numerusform>
            <numerusform>Eliminar %Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>A song is being analysed</source>
        <translation>Se está analizando una canción</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs are being analysed</source>
        <translation>
            <numerusform>Se está analizando %Ln canción</numerusform>
            <numerusform>Se están analizando %Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>If you quit now, the analysis goes on where it stopped when you start again.</source>
        <translation>Si sale ahora, el análisis seguirá donde se detuvo cuando vuelva a empezar.</translation>
    </message>
    <message>
        <source>1 more song waits.</source>
        <translation>Espera 1 canción más.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more songs wait.</source>
        <translation>
            <numerusform>Espera %Ln canción más.</numerusform>
            <numerusform>Esperan %Ln canciones más.</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Seguir trabajando</translation>
    </message>
    <message>
        <source>Its disk may be full, or another program may be using it.</source>
        <translation>Puede que su disco esté lleno o que otro programa la esté usando.</translation>
    </message>
    <message>
        <source>Put that right, and they are saved by themselves. If you quit now, they are lost, but no song is.</source>
        <translation>Arréglelo y se guardarán solos. Si sale ahora se pierden, pero ninguna canción.</translation>
    </message>
    <message>
        <source>The last changes are not saved yet</source>
        <translation>Los últimos cambios aún no están guardados</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>Salir sin guardar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Performia cannot start</source>
        <translation>Performia no puede empezar</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy the sentence and the details</source>
        <translation>Copiar la frase y los detalles</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>drop</name>
    <message>
        <source>1 song</source>
        <translation>1 canción</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln canción</numerusform>
            <numerusform>%Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>1 folder</source>
        <translation>1 carpeta</translation>
    </message>
    <message numerus="yes">
        <source>%Ln folders</source>
        <translation>
            <numerusform>%Ln carpeta</numerusform>
            <numerusform>%Ln carpetas</numerusform>
        </translation>
    </message>
    <message>
        <source>1 playlist</source>
        <translation>1 lista</translation>
    </message>
    <message numerus="yes">
        <source>%Ln playlists</source>
        <translation>
            <numerusform>%Ln lista</numerusform>
            <numerusform>%Ln listas</numerusform>
        </translation>
    </message>
    <message>
        <source>No songs here</source>
        <translation>Aquí no hay canciones</translation>
    </message>
    <message>
        <source>Add what is music in it</source>
        <translation>Añadir lo que sea música</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} y {last}</translation>
    </message>
    <message>
        <source>Add {what}</source>
        <translation>Añadir {what}</translation>
    </message>
</context>
<context>
    <name>edits</name>
    <message>
        <source>beat</source>
        <translation>pulso</translation>
    </message>
    <message>
        <source>beats</source>
        <translation>pulsos</translation>
    </message>
    <message>
        <source>chord</source>
        <translation>acorde</translation>
    </message>
    <message>
        <source>section</source>
        <translation>sección</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>words</source>
        <translation>letra</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Song Map, everything that was found (JSON)</source>
        <translation>Song Map, todo lo encontrado (JSON)</translation>
    </message>
    <message>
        <source>Living Chart for the web (JSON)</source>
        <translation>Living Chart para la web (JSON)</translation>
    </message>
    <message>
        <source>Song sheet (ChordPro)</source>
        <translation>Hoja de canción (ChordPro)</translation>
    </message>
    <message>
        <source>Lyrics timed by line (LRC)</source>
        <translation>Letra con tiempos por línea (LRC)</translation>
    </message>
    <message>
        <source>Lyrics timed by word (LRC)</source>
        <translation>Letra con tiempos por palabra (LRC)</translation>
    </message>
    <message>
        <source>For a sequencer, in time with the audio (MIDI)</source>
        <translation>Para un secuenciador, a tiempo con el audio (MIDI)</translation>
    </message>
    <message>
        <source>Lead sheet for a notation program (MusicXML)</source>
        <translation>Lead sheet para un editor de partituras (MusicXML)</translation>
    </message>
    <message>
        <source>For research (JAMS)</source>
        <translation>Para investigación (JAMS)</translation>
    </message>
    <message>
        <source>Label track for Audacity</source>
        <translation>Pista de etiquetas para Audacity</translation>
    </message>
    <message>
        <source>Markers and regions for Reaper (CSV)</source>
        <translation>Marcadores y regiones para Reaper (CSV)</translation>
    </message>
    <message>
        <source>Region layer for Sonic Visualiser (CSV)</source>
        <translation>Capa de regiones para Sonic Visualiser (CSV)</translation>
    </message>
    <message>
        <source>Table for a spreadsheet (CSV)</source>
        <translation>Tabla para una hoja de cálculo (CSV)</translation>
    </message>
    <message>
        <source>Chord chart to print (PDF)</source>
        <translation>Hoja de acordes para imprimir (PDF)</translation>
    </message>
    <message>
        <source>Export the song</source>
        <translation>Exportar la canción</translation>
    </message>
    <message numerus="yes">
        <source>Export %Ln songs</source>
        <translation>
            <numerusform>Exportar %Ln canción</numerusform>
            <numerusform>Exportar %Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>With your corrections. Files that are there already are kept.</source>
        <translation>Con sus correcciones. Los archivos que ya existen se conservan.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>semitones</source>
        <translation>semitonos</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Nombres</translation>
    </message>
    <message>
        <source>Roman numerals</source>
        <translation>Números romanos</translation>
    </message>
    <message>
        <source>Nashville numbers</source>
        <translation>Números de Nashville</translation>
    </message>
    <message>
        <source>As the key writes them</source>
        <translation>Como los escribe la tonalidad</translation>
    </message>
    <message>
        <source>Sharps</source>
        <translation>Sostenidos</translation>
    </message>
    <message>
        <source>Flats</source>
        <translation>Bemoles</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Formato:</translation>
    </message>
    <message>
        <source>&amp;Transpose:</source>
        <translation>&amp;Transportar:</translation>
    </message>
    <message>
        <source>&amp;Capo at fret:</source>
        <translation>&amp;Cejilla en el traste:</translation>
    </message>
    <message>
        <source>C&amp;hords as:</source>
        <translation>Acor&amp;des como:</translation>
    </message>
    <message>
        <source>&amp;Sharps or flats:</source>
        <translation>&amp;Sostenidos o bemoles:</translation>
    </message>
</context>
<context>
    <name>failures</name>
    <message>
        <source>This is a folder, not an audio file. Add the files in it instead.</source>
        <translation>Esto es una carpeta, no un archivo de audio. Añada los archivos que contiene.</translation>
    </message>
    <message>
        <source>This is a pipe or a device, not an audio file. Save the sound to a file and add that.</source>
        <translation>Esto es una tubería o un dispositivo, no un archivo de audio. Guarde el sonido en un archivo y añádalo.</translation>
    </message>
    <message>
        <source>This file is empty (0 bytes). Copy it again from where it came from.</source>
        <translation>Este archivo está vacío (0 bytes). Cópielo de nuevo desde su origen.</translation>
    </message>
    <message>
        <source>The file is not there any more. Put it back, or connect the disk it was on, and retry.</source>
        <translation>El archivo ya no está. Devuélvalo a su sitio o conecte el disco donde estaba, y reintente.</translation>
    </message>
    <message>
        <source>The file cannot be found under this name. Rename it and add it again.</source>
        <translation>No se encuentra el archivo con este nombre. Cámbiele el nombre y añádalo de nuevo.</translation>
    </message>
    <message>
        <source>The file could not be read to its end. Look whether its disk is still connected and sound, and retry.</source>
        <translation>No se pudo leer el archivo hasta el final. Compruebe que su disco sigue conectado y en buen estado, y reintente.</translation>
    </message>
    <message>
        <source>You have no permission to read this file. Allow it in the file&apos;s properties and retry.</source>
        <translation>No tiene permiso para leer este archivo. Permítalo en sus propiedades y reintente.</translation>
    </message>
    <message>
        <source>It is not known where this song&apos;s file is. Delete the job and add it again.</source>
        <translation>No se sabe dónde está el archivo de esta canción. Elimínela y añádala de nuevo.</translation>
    </message>
    <message>
        <source>There is no sound in this file. Copy or download it again, or check it in an audio player.</source>
        <translation>No hay sonido en este archivo. Cópielo o descárguelo de nuevo, o pruébelo en un reproductor.</translation>
    </message>
    <message>
        <source>This file is damaged after {time} (it may not have been downloaded to the end). Copy or download it again and retry.</source>
        <translation>Este archivo está dañado a partir de {time} (quizá no se descargó entero). Cópielo o descárguelo de nuevo y reintente.</translation>
    </message>
    <message>
        <source>This recording is {length} hours long; the limit is {limit} hours. Cut it into parts and add those.</source>
        <translation>Esta grabación dura {length} horas; el límite son {limit} horas. Córtela en partes y añádalas.</translation>
    </message>
    <message>
        <source>This file says that it has {channels} channels of {rate} samples a second, which no recording has. It is damaged; copy or download it again and retry.</source>
        <translation>Este archivo dice tener {channels} canales de {rate} muestras por segundo, lo que ninguna grabación tiene. Está dañado; cópielo o descárguelo de nuevo y reintente.</translation>
    </message>
    <message>
        <source>This {kind} file is damaged (it may not have been downloaded to the end). Copy or download it again and retry.</source>
        <translation>Este archivo {kind} está dañado (quizá no se descargó entero). Cópielo o descárguelo de nuevo y reintente.</translation>
    </message>
    <message>
        <source>There is no audio in this file that can be decoded. Check it in an audio player, or convert it to FLAC or WAV.</source>
        <translation>En este archivo no hay audio que se pueda decodificar. Pruébelo en un reproductor, o conviértalo a FLAC o WAV.</translation>
    </message>
    <message>
        <source>There is text in this file, not a recording. Add the recording itself.</source>
        <translation>En este archivo hay texto, no una grabación. Añada la grabación misma.</translation>
    </message>
    <message>
        <source>There is a web page in this file, not a recording: the download failed, or it asked for a login. Download it again.</source>
        <translation>En este archivo hay una página web, no una grabación: la descarga falló o pedía iniciar sesión. Descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>The audio file is not the one that was analysed. Put that back to see its waveform.</source>
        <translation>El archivo de audio no es el que se analizó. Devuélvalo a su sitio para ver su forma de onda.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space and retry.</source>
        <translation>El disco está lleno. Libere espacio y reintente.</translation>
    </message>
    <message>
        <source>The waveform could not be kept. Free some space, or check that the data folder can be written.</source>
        <translation>No se pudo guardar la forma de onda. Libere espacio, o compruebe que se puede escribir en la carpeta de datos.</translation>
    </message>
    <message>
        <source>The results folder {folder} cannot be written. Allow it, or choose another data folder, and retry.</source>
        <translation>No se puede escribir en la carpeta de resultados {folder}. Permítalo o elija otra carpeta, y reintente.</translation>
    </message>
    <message>
        <source>The Song Map was written but is not there. Check the results folder, then retry.</source>
        <translation>El Song Map se escribió pero no está. Revise la carpeta de resultados y reintente.</translation>
    </message>
    <message>
        <source>The Song Map of this job is gone. Retry the job to analyse the song again.</source>
        <translation>El Song Map de esta canción ya no existe. Reintente para analizarla de nuevo.</translation>
    </message>
    <message>
        <source>There was not enough memory. Close other programs, or analyse fewer songs at once, and retry.</source>
        <translation>No hubo memoria suficiente. Cierre otros programas o analice menos canciones a la vez, y reintente.</translation>
    </message>
    <message>
        <source>There was not enough memory for this song. Close other programs or analyse fewer songs at once, then retry.</source>
        <translation>No hubo memoria suficiente para esta canción. Cierre otros programas o analice menos canciones a la vez, y reintente.</translation>
    </message>
    <message>
        <source>The analysis was ended by the system, as happens when memory runs out. Close other programs or analyse fewer songs at once, then retry.</source>
        <translation>El sistema terminó el análisis, como ocurre cuando se agota la memoria. Cierre otros programas o analice menos canciones a la vez, y reintente.</translation>
    </message>
    <message>
        <source>The analysis could not be started ({reason}). Close other programs, or install Performia again; then retry.</source>
        <translation>No se pudo iniciar el análisis ({reason}). Cierre otros programas o instale Performia de nuevo; después reintente.</translation>
    </message>
    <message>
        <source>The corrections in {path} cannot be read. Move the file away to begin anew.</source>
        <translation>No se pueden leer las correcciones de {path}. Aparte el archivo para empezar de nuevo.</translation>
    </message>
    <message>
        <source>There is no sound in this file.</source>
        <translation>No hay sonido en este archivo.</translation>
    </message>
    <message>
        <source>The audio could not be made ready. Free some space on the disk.</source>
        <translation>No se pudo preparar el audio. Libere espacio en el disco.</translation>
    </message>
    <message>
        <source>No beats were found in this song, so it cannot be written as bars.</source>
        <translation>No se encontraron pulsos en esta canción, así que no se puede escribir en compases.</translation>
    </message>
    <message>
        <source>This song has no lyrics. Put an .lrc file of the same name beside the audio and analyse it again.</source>
        <translation>Esta canción no tiene letra. Ponga un archivo .lrc con el mismo nombre junto al audio y analícela de nuevo.</translation>
    </message>
    <message>
        <source>The corrections in {path} were made by a newer version of Performia Desktop. Update the program.</source>
        <translation>Las correcciones de {path} son de una versión más nueva de Performia Desktop. Actualice el programa.</translation>
    </message>
    <message>
        <source>The analysis of this song crashed ({what}). Retry; if it happens again, the file may be damaged: convert it to another format.</source>
        <translation>El análisis de esta canción falló ({what}). Reintente; si se repite, quizá el archivo esté dañado: conviértalo a otro formato.</translation>
    </message>
    <message>
        <source>The analysis ended without an answer ({what}). Retry; if it happens again, please report it with the details.</source>
        <translation>El análisis terminó sin respuesta ({what}). Reintente; si se repite, infórmenos con los detalles.</translation>
    </message>
    <message>
        <source>The analysis of this song stood still and was ended. Retry; if it happens again, convert the file to another format.</source>
        <translation>El análisis de esta canción se quedó parado y se terminó. Reintente; si se repite, convierta el archivo a otro formato.</translation>
    </message>
    <message>
        <source>The analysis gave an answer that makes no sense. Retry; if it happens again, please report it with the details.</source>
        <translation>El análisis dio una respuesta sin sentido. Reintente; si se repite, infórmenos con los detalles.</translation>
    </message>
    <message>
        <source>The analysis met a fault of its own. Retry; if it happens again, please report it with the details.</source>
        <translation>El análisis tropezó con un fallo propio. Reintente; si se repite, infórmenos con los detalles.</translation>
    </message>
    <message>
        <source>Something went wrong inside Performia ({what}). Retry, and please report it with the details.</source>
        <translation>Algo salió mal dentro de Performia ({what}). Reintente, e infórmenos con los detalles.</translation>
    </message>
    <message>
        <source>This job had a state that is not known here: {word}. Retry it to analyse the song again.</source>
        <translation>Esta canción tenía un estado desconocido aquí: {word}. Reintente para analizarla de nuevo.</translation>
    </message>
</context>
<context>
    <name>found</name>
    <message>
        <source>The Song Map is gone. Analyse the song again to make a new one.</source>
        <translation>El Song Map ya no existe. Analice la canción de nuevo para crear otro.</translation>
    </message>
    <message>
        <source>The Song Map cannot be read ({reason}). Analyse the song again.</source>
        <translation>No se puede leer el Song Map ({reason}). Analice la canción de nuevo.</translation>
    </message>
</context>
<context>
    <name>intake</name>
    <message>
        <source>It is on the internet. Download it first, then add the file.</source>
        <translation>Está en internet. Descárguelo antes y añada el archivo.</translation>
    </message>
    <message>
        <source>There are no songs in this folder.</source>
        <translation>No hay canciones en esta carpeta.</translation>
    </message>
    <message>
        <source>It is not a file but a device or a pipe.</source>
        <translation>No es un archivo, sino un dispositivo o una tubería.</translation>
    </message>
    <message>
        <source>It is not a playlist that can be read. Save it anew as M3U8.</source>
        <translation>No es una lista que se pueda leer. Guárdela de nuevo como M3U8.</translation>
    </message>
    <message>
        <source>This playlist names no songs.</source>
        <translation>Esta lista no contiene canciones.</translation>
    </message>
    <message>
        <source>Its name has characters that cannot be read. Rename it, then add it again.</source>
        <translation>Su nombre tiene caracteres que no se pueden leer. Cámbielo y añádalo de nuevo.</translation>
    </message>
    <message>
        <source>A playlist inside a folder is not followed. Add it by itself.</source>
        <translation>No se sigue una lista dentro de una carpeta. Añádala por separado.</translation>
    </message>
    <message>
        <source>It is not an audio file (.{extension}).</source>
        <translation>No es un archivo de audio (.{extension}).</translation>
    </message>
    <message>
        <source>It is not an audio file.</source>
        <translation>No es un archivo de audio.</translation>
    </message>
    <message>
        <source>It is not there. Check the name, and that its disk is connected.</source>
        <translation>No está ahí. Compruebe el nombre y que su disco está conectado.</translation>
    </message>
    <message>
        <source>It may not be read. Change its permissions, then add it again.</source>
        <translation>No está permitido leerlo. Cambie sus permisos y añádalo de nuevo.</translation>
    </message>
    <message>
        <source>It cannot be read ({reason}).</source>
        <translation>No se puede leer ({reason}).</translation>
    </message>
    <message>
        <source>This is not a name that a file can have.</source>
        <translation>Un archivo no puede llamarse así.</translation>
    </message>
    <message>
        <source>It has the same content as {name}, which was added with it.</source>
        <translation>Tiene el mismo contenido que {name}, que se añadió a la vez.</translation>
    </message>
    <message>
        <source>Something went wrong inside Performia. Please report it with the details.</source>
        <translation>Algo salió mal dentro de Performia. Infórmenos con los detalles.</translation>
    </message>
</context>
<context>
    <name>keeping</name>
    <message>
        <source>About the database</source>
        <translation>Acerca de la base de datos</translation>
    </message>
    <message>
        <source>Where:</source>
        <translation>Dónde:</translation>
    </message>
    <message>
        <source>In the list:</source>
        <translation>En la lista:</translation>
    </message>
    <message>
        <source>Recently deleted:</source>
        <translation>Eliminadas recientemente:</translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 canción</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln canción</numerusform>
            <numerusform>%Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>{size}, of which {free} are free</source>
        <translation>{size}, de los que {free} están libres</translation>
    </message>
    <message>
        <source>Size:</source>
        <translation>Tamaño:</translation>
    </message>
    <message>
        <source>Last backup:</source>
        <translation>Última copia:</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aún ninguna</translation>
    </message>
    <message>
        <source>on a network drive ({kind}); let one computer use it at a time</source>
        <translation>en una unidad de red ({kind}); que la use un solo ordenador a la vez</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>Nota:</translation>
    </message>
    <message>
        <source>Health:</source>
        <translation>Estado:</translation>
    </message>
    <message>
        <source>being checked…</source>
        <translation>comprobando…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en la carpeta</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Compactar</translation>
    </message>
    <message>
        <source>It is damaged. Quit and start again: what can be read is brought back.</source>
        <translation>Está dañada. Salga y empiece de nuevo: se recupera lo que se pueda leer.</translation>
    </message>
    <message>
        <source>It is sound.</source>
        <translation>Está en buen estado.</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>Canción</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Eliminada</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>Se conserva</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln día</numerusform>
            <numerusform>%Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>Eliminadas recientemente</translation>
    </message>
    <message>
        <source>Delete all for good…</source>
        <translation>Eliminar todo para siempre…</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Recuperar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Deleted songs are kept for 30 days with their Song Maps. The audio was never touched.</source>
        <translation>Las canciones eliminadas se conservan 30 días con sus Song Maps. El audio nunca se tocó.</translation>
    </message>
    <message>
        <source>Nothing was deleted in the last 30 days.</source>
        <translation>No se eliminó nada en los últimos 30 días.</translation>
    </message>
    <message numerus="yes">
        <source>Bring %Ln back</source>
        <translation>
            <numerusform>Recuperar %Ln</numerusform>
            <numerusform>Recuperar %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete 1 song for good?</source>
        <translation>¿Eliminar 1 canción para siempre?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln songs for good?</source>
        <translation>
            <numerusform>¿Eliminar %Ln canción para siempre?</numerusform>
            <numerusform>¿Eliminar %Ln canciones para siempre?</numerusform>
        </translation>
    </message>
    <message>
        <source>They cannot be brought back after that, nor their Song Maps. The audio stays.</source>
        <translation>Después no se podrán recuperar, ni sus Song Maps. El audio se queda.</translation>
    </message>
    <message>
        <source>It frees {size}.</source>
        <translation>Libera {size}.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Eliminar para siempre</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Deleted songs</source>
        <translation>Canciones eliminadas</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>&amp;Songs at once:</source>
        <translation>Canciones a la &amp;vez:</translation>
    </message>
    <message>
        <source>More is faster, and leaves less of the computer to you.</source>
        <translation>Más va más rápido, y le deja menos ordenador a usted.</translation>
    </message>
    <message>
        <source>Half of the computer&apos;s</source>
        <translation>La mitad de la del ordenador</translation>
    </message>
    <message>
        <source>&amp;Memory for a song:</source>
        <translation>&amp;Memoria por canción:</translation>
    </message>
    <message>
        <source>A song that needs more is given up, and the computer stays usable.</source>
        <translation>Se abandona la canción que necesite más, y el ordenador sigue siendo usable.</translation>
    </message>
    <message>
        <source>Choose the folder of a model that recognises words</source>
        <translation>Elegir la carpeta de un modelo que reconoce palabras</translation>
    </message>
    <message>
        <source>Recognise no words</source>
        <translation>No reconocer palabras</translation>
    </message>
    <message>
        <source>&amp;Words from singing:</source>
        <translation>&amp;Palabras del canto:</translation>
    </message>
    <message>
        <source>With a Whisper model of yours (made for faster-whisper), where a song has no lyrics.</source>
        <translation>Con un modelo Whisper propio (hecho para faster-whisper), donde una canción no tiene letra.</translation>
    </message>
    <message>
        <source>Recognising words needs another package, in an installation with Python: pip install &apos;performia-desktop[lyrics]&apos;</source>
        <translation>Para reconocer palabras falta un paquete, en una instalación con Python: pip install &apos;performia-desktop[lyrics]&apos;</translation>
    </message>
    <message>
        <source>This folder holds no model for recognising words (%1 missing). Choose the folder of a Whisper model that was made for faster-whisper.</source>
        <translation>En esta carpeta no hay ningún modelo que reconozca palabras (falta %1). Elija la carpeta de un modelo Whisper hecho para faster-whisper.</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>ninguna carpeta</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Choose the results folder</source>
        <translation>Elegir la carpeta de resultados</translation>
    </message>
    <message>
        <source>Write no copies</source>
        <translation>No escribir copias</translation>
    </message>
    <message>
        <source>&amp;Results folder:</source>
        <translation>Carpeta de &amp;resultados:</translation>
    </message>
    <message>
        <source>Every Song Map is also written there, under its song&apos;s name, with your corrections.</source>
        <translation>Cada Song Map se escribe también ahí, con el nombre de su canción y sus correcciones.</translation>
    </message>
    <message numerus="yes">
        <source>After %Ln days</source>
        <translation>
            <numerusform>Tras %Ln día</numerusform>
            <numerusform>Tras %Ln días</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>&amp;Delete finished songs:</source>
        <translation>&amp;Eliminar canciones terminadas:</translation>
    </message>
    <message>
        <source>By itself, once a day. They can be brought back for 30 days; the audio stays.</source>
        <translation>Automáticamente, una vez al día. Se pueden recuperar durante 30 días; el audio se queda.</translation>
    </message>
    <message>
        <source>&amp;Tell me when the queue is done</source>
        <translation>&amp;Avisar cuando termine la cola</translation>
    </message>
    <message>
        <source>By a message of the desktop, if you are looking at something else.</source>
        <translation>Con un mensaje del escritorio, si está mirando otra cosa.</translation>
    </message>
    <message>
        <source>Sound comes late &amp;by:</source>
        <translation>Retardo del s&amp;onido:</translation>
    </message>
    <message>
        <source>Songs dra&amp;gged out are:</source>
        <translation>Canciones arrastra&amp;das:</translation>
    </message>
    <message>
        <source>Raise it until the lit bar changes as you hear it: for wireless headphones, about 200 ms.</source>
        <translation>Auméntelo hasta que el compás iluminado cambie al oírlo: con auriculares inalámbricos, unos 200 ms.</translation>
    </message>
    <message>
        <source>What you get when you drag selected songs from the list to a folder or a program.</source>
        <translation>Lo que se obtiene al arrastrar canciones seleccionadas de la lista a una carpeta o un programa.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>&amp;Colores:</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Idioma:</translation>
    </message>
    <message>
        <source>From the next start of the program.</source>
        <translation>Desde el próximo inicio del programa.</translation>
    </message>
    <message>
        <source>The list becomes what it was when the backup was made. Songs added since then go to Recently deleted. The list as it is now is backed up first.</source>
        <translation>La lista vuelve a ser la que era al hacer la copia. Las canciones añadidas desde entonces pasan a Eliminadas recientemente. Antes se hace una copia de la lista actual.</translation>
    </message>
    <message>
        <source>What is being analysed goes on afterwards.</source>
        <translation>Lo que se está analizando sigue después.</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Restaurar una copia</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>Keep the list</source>
        <translation>Conservar la lista</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Copias de seguridad</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>Aún no hay ninguna copia.</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Desde un archivo…</translation>
    </message>
    <message>
        <source>Job databases</source>
        <translation>Bases de datos de canciones</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
</context>
<context>
    <name>key</name>
    <message>
        <source>{tonic} major</source>
        <translation>{tonic} mayor</translation>
    </message>
    <message>
        <source>{tonic} minor</source>
        <translation>{tonic} menor</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;Song</source>
        <translation>&amp;Canción</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>C&amp;ola</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>&amp;Base de datos</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 canción</translation>
    </message>
    <message numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln canción</numerusform>
            <numerusform>%Ln canciones</numerusform>
        </translation>
    </message>
    <message>
        <source>At once</source>
        <translation>A la vez</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
</context>
<context>
    <name>print</name>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Tonalidad: {key}</translation>
    </message>
    <message>
        <source>Tempo: {n} BPM</source>
        <translation>Tempo: {n} BPM</translation>
    </message>
    <message>
        <source>Capo {n}, played in {key}</source>
        <translation>Cejilla {n}, tocada en {key}</translation>
    </message>
    <message>
        <source>Capo {n}</source>
        <translation>Cejilla {n}</translation>
    </message>
    <message>
        <source>Page {n} of {all}</source>
        <translation>Página {n} de {all}</translation>
    </message>
</context>
<context>
    <name>remote</name>
    <message>
        <source>The running program does not know this request. Quit it, and start the same version for both.</source>
        <translation>El programa en marcha no conoce esta petición. Ciérrelo y use la misma versión para ambos.</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Report a problem</source>
        <translation>Informar de un problema</translation>
    </message>
    <message>
        <source>This is everything in the report, and it stays on this computer. Read it, save it, and send it with a line on what you did when it happened.</source>
        <translation>Este es todo el informe, y se queda en este ordenador. Léalo, guárdelo y envíelo con una línea sobre lo que hacía cuando ocurrió.</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>El informe</translation>
    </message>
    <message>
        <source>&amp;Leave out the names and folders of my music</source>
        <translation>&amp;Omitir los nombres y carpetas de mi música</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Guardar…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Performia report {date}.txt</source>
        <translation>Informe de Performia {date}.txt</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Guardar el informe</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Saved as {path}. Nothing was sent.</source>
        <translation>Guardado como {path}. No se envió nada.</translation>
    </message>
    <message>
        <source>It could not be written ({reason}). Choose another place.</source>
        <translation>No se pudo escribir ({reason}). Elija otro lugar.</translation>
    </message>
</context>
<context>
    <name>results</name>
    <message>
        <source>The results folder {folder} cannot be written. Choose another in Preferences.</source>
        <translation>No se puede escribir en la carpeta de resultados {folder}. Elija otra en Preferencias.</translation>
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
        <translation>Estrofa</translation>
    </message>
    <message>
        <source>Pre-chorus</source>
        <translation>Pre-estribillo</translation>
    </message>
    <message>
        <source>Chorus</source>
        <translation>Estribillo</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>Puente</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>Solo</translation>
    </message>
    <message>
        <source>Interlude</source>
        <translation>Interludio</translation>
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
        <translation>Algo salió mal dentro de Performia. Infórmenos de ello.</translation>
    </message>
    <message>
        <source>{n} Song Map(s) could not be moved. Check that the results folder can be written.</source>
        <translation>No se pudieron mover {n} Song Map(s). Compruebe que se puede escribir en la carpeta de resultados.</translation>
    </message>
</context>
<context>
    <name>sound</name>
    <message>
        <source>The audio file is not there any more. See that it is still where it was.</source>
        <translation>El archivo de audio ya no está. Compruebe que sigue donde estaba.</translation>
    </message>
    <message>
        <source>The audio could not be made ready. Open the song again to try once more.</source>
        <translation>No se pudo preparar el audio. Abra la canción otra vez para volver a intentarlo.</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>Bar {bar}, beat {beat}</source>
        <translation>Compás {bar}, pulso {beat}</translation>
    </message>
    <message>
        <source>Melody</source>
        <translation>Melodía</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>Bajo</translation>
    </message>
    <message>
        <source>put right by hand</source>
        <translation>corregido a mano</translation>
    </message>
    <message>
        <source>{percent} % sure</source>
        <translation>seguro al {percent} %</translation>
    </message>
    <message>
        <source>{bpm} BPM</source>
        <translation>{bpm} BPM</translation>
    </message>
    <message>
        <source>The waveform is being drawn…</source>
        <translation>Dibujando la forma de onda…</translation>
    </message>
</context>
<context>
    <name>waveform</name>
    <message>
        <source>The audio file is not there any more. Put it back to see its waveform.</source>
        <translation>El archivo de audio ya no está. Devuélvelo a su sitio para ver su forma de onda.</translation>
    </message>
    <message>
        <source>The waveform could not be drawn. Open the song again to try once more.</source>
        <translation>No se ha podido dibujar la forma de onda. Abra la canción otra vez para volver a intentarlo.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Reading the file</source>
        <translation>Leyendo el archivo</translation>
    </message>
    <message>
        <source>Listening to the sound</source>
        <translation>Escuchando el sonido</translation>
    </message>
    <message>
        <source>Listening for the beat</source>
        <translation>Buscando el pulso</translation>
    </message>
    <message>
        <source>Counting the bars</source>
        <translation>Contando los compases</translation>
    </message>
    <message>
        <source>Listening for chords</source>
        <translation>Buscando los acordes</translation>
    </message>
    <message>
        <source>Finding the key</source>
        <translation>Buscando la tonalidad</translation>
    </message>
    <message>
        <source>Finding verse and chorus</source>
        <translation>Buscando estrofa y estribillo</translation>
    </message>
    <message>
        <source>Following the melody</source>
        <translation>Siguiendo la melodía</translation>
    </message>
    <message>
        <source>Following the bass</source>
        <translation>Siguiendo el bajo</translation>
    </message>
    <message>
        <source>Looking for the words</source>
        <translation>Buscando la letra</translation>
    </message>
    <message>
        <source>Writing the Song Map</source>
        <translation>Escribiendo el Song Map</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Analysing</source>
        <translation>Analizando</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Terminada</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallida</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelada</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>quedan unos segundos</translation>
    </message>
    <message>
        <source>~ {n} s left</source>
        <translation>quedan ~ {n} s</translation>
    </message>
    <message>
        <source>~ {n}½ min left</source>
        <translation>quedan ~ {n}½ min</translation>
    </message>
    <message>
        <source>~ {n} min left</source>
        <translation>quedan ~ {n} min</translation>
    </message>
    <message>
        <source>~ {h} h {m} min left</source>
        <translation>quedan ~ {h} h {m} min</translation>
    </message>
    <message>
        <source>more than a day left</source>
        <translation>queda más de un día</translation>
    </message>
</context>
</TS>
