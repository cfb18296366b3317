; Inno Setup 6 script: the installer for Windows, from the folder that PyInstaller made.
;   iscc /DVersion=1.0.0 packaging\windows\performia.iss
; Installs for the user alone unless asked otherwise; the user's data lies in the profile and is never touched.
; Written for Windows and not tried there (see packaging/README.md).

#ifndef Version
  #error Say which version it is: iscc /DVersion=1.0.0
#endif
#define Name "Performia Desktop"
#define Program "Performia Desktop.exe"
#define Source "..\..\build\dist\performia-desktop"

[Setup]
AppId={{6E7B1C1B-4E43-4B7C-9F0A-2C1C6B5D8A11}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=The Performia Desktop founders
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
OutputDir=..\..\build\dist
OutputBaseFilename=performia-desktop-{#Version}-windows-setup
SetupIconFile=..\..\build\made\performia-desktop.ico
UninstallDisplayIcon={app}\{#Program}
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; libraries of an older version
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Program}"; AppUserModelID: "Performia.Desktop"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Program}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" -- ""%1"""
; "Open with", for the suffixes of jobs/expand.py
#define Suffix(str S) "Root: HKA; Subkey: ""Software\Classes\Applications\" + Program + "\SupportedTypes""; ValueType: string; ValueName: ""." + S + """; ValueData: """""
#emit Suffix("aac")
#emit Suffix("aif")
#emit Suffix("aifc")
#emit Suffix("aiff")
#emit Suffix("alac")
#emit Suffix("au")
#emit Suffix("caf")
#emit Suffix("flac")
#emit Suffix("m3u")
#emit Suffix("m3u8")
#emit Suffix("m4a")
#emit Suffix("mka")
#emit Suffix("mp3")
#emit Suffix("mp4")
#emit Suffix("oga")
#emit Suffix("ogg")
#emit Suffix("opus")
#emit Suffix("pls")
#emit Suffix("w64")
#emit Suffix("wav")
#emit Suffix("webm")
#emit Suffix("wma")

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
